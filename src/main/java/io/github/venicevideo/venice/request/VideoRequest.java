package io.github.venicevideo.venice.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The body of {@code POST /video/queue} without the bytes of its media: at each {@link Media#field()} the
 * tree holds an empty string, and the medium's data URL takes its place while the body is sent.
 *
 * @param fields every field as the API will see it, in the order it is sent
 * @param media the media that come from files, in the order of their fields
 */
public record VideoRequest(ObjectNode fields, List<Media> media) {
}
