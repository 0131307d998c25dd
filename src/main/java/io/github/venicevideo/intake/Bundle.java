package io.github.venicevideo.intake;

import io.github.venicevideo.venice.VideoRequest;
import java.util.List;

/**
 * What a dropped bundle asks for, ready to be recorded as a job.
 *
 * @param request the queue request after defaults, without {@code bundle}
 * @param options what the bundle asks of us rather than of the API
 * @param contentHash identity of the content: lower-case hex SHA-256 over the canonical request and its media;
 *     the same for a folder, a zip or a manifest that come to the same request
 * @param warnings sentences for the log and the job's history: what was assumed, what looks odd
 */
public record Bundle(VideoRequest request, BundleOptions options, String contentHash, List<String> warnings) {

    public Bundle {
        warnings = List.copyOf(warnings);
    }
}
