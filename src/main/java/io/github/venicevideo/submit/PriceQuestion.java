package io.github.venicevideo.submit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.Media;
import io.github.venicevideo.venice.QueueRequestEntity;
import io.github.venicevideo.venice.VideoRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The body of {@code POST /video/quote}: pricing inputs alone, since the server drops or refuses others (contract,
 * "POST /video/quote"). A video is one where it is what is paid for, in upscaling.
 */
public final class PriceQuestion {

    private static final Set<String> INPUTS =
            Set.of("model", "duration", "resolution", "aspect_ratio", "audio", "upscale_factor");

    private PriceQuestion() {
    }

    /**
     * The question for one job.
     *
     * @param referenceVideoSeconds how long the reference clips last together; empty without any
     * @param folder what the paths of the request's media are relative to
     * @throws io.github.venicevideo.venice.MediaChangedException where the video to upscale is not there as it was read
     */
    public static QueueRequestEntity of(VideoRequest request, Optional<Double> referenceVideoSeconds, Path folder)
            throws IOException {
        ObjectNode inputs = Json.mapper().createObjectNode();
        request.fields().properties().stream()
                .filter(field -> INPUTS.contains(field.getKey()))
                .forEach(field -> inputs.set(field.getKey(), field.getValue()));
        List<Media> media = List.of();
        if (holdsVideo(request)) {
            inputs.set("video_url", request.fields().get("video_url"));
            media = request.media().stream().filter(medium -> medium.field().equals("/video_url")).toList();
        }
        referenceVideoSeconds.ifPresent(seconds -> inputs.put("reference_video_total_duration", seconds));
        return QueueRequestEntity.of(new VideoRequest(inputs, media), folder);
    }

    /** Whether the video is part of the question, so that one that is too large for a body has to be staged before. */
    public static boolean holdsVideo(VideoRequest request) {
        return request.fields().has("video_url") && !request.fields().has("prompt");
    }
}
