package io.github.venicevideo.submit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.answer.QuoteOutcome;
import io.github.venicevideo.venice.catalogue.VideoModel;
import io.github.venicevideo.venice.request.Media;
import io.github.venicevideo.venice.request.QueueRequestEntity;
import io.github.venicevideo.venice.request.SourceClip;
import io.github.venicevideo.venice.request.VideoRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The body of {@code POST /video/quote}: pricing inputs alone, since the server drops or refuses others (contract,
 * "POST /video/quote"). A video is one where it is what is paid for, in upscaling.
 *
 * @param referenceVideoSeconds how long the reference clips last together; empty without any
 * @param clip the video that is worked on; empty without one, or where it could not be measured
 */
public record PriceQuestion(Optional<Double> referenceVideoSeconds, Optional<SourceClip> clip) {

    private static final Set<String> INPUTS =
            Set.of("model", "duration", "resolution", "aspect_ratio", "audio", "upscale_factor");
    private static final Set<String> INPUTS_OF_THE_GUIDE = Set.of("model", "upscale_factor");
    /** What a model lists that takes its length from the video: every question names a duration, though the queue takes none. */
    private static final String BY_THE_VIDEO = "Auto";

    /**
     * The question for one job.
     *
     * @param model what its entry says; empty when it is not listed
     * @param folder what the paths of the request's media are relative to
     * @throws io.github.venicevideo.venice.request.MediaChangedException where the video to upscale is not there as it was read
     */
    public QueueRequestEntity body(VideoRequest request, QuoteForm form, Optional<VideoModel> model, Path folder)
            throws IOException {
        ObjectNode inputs = Json.mapper().createObjectNode();
        Set<String> taken = form == QuoteForm.ENTRY ? INPUTS : INPUTS_OF_THE_GUIDE;
        request.fields().properties().stream().filter(field -> taken.contains(field.getKey()))
                .forEach(field -> inputs.set(field.getKey(), field.getValue()));
        List<Media> media = List.of();
        if (form == QuoteForm.GUIDE) {
            inputs.put("duration", String.valueOf((long) Math.ceil(clip.orElseThrow().seconds())));
            inputs.put("input_height", clip.orElseThrow().height());
        } else if (!inputs.has("duration")) {
            inputs.put("duration", model.flatMap(VideoModel::durations).flatMap(listed -> listed.stream().findFirst())
                    .orElse(BY_THE_VIDEO));
        }
        if (form == QuoteForm.ENTRY && holdsVideo(request)) {
            inputs.set("video_url", request.fields().get("video_url"));
            media = request.media().stream().filter(medium -> medium.field().equals("/video_url")).toList();
        }
        referenceVideoSeconds.ifPresent(seconds -> inputs.put("reference_video_total_duration", seconds));
        return QueueRequestEntity.of(new VideoRequest(inputs, media), folder);
    }

    /**
     * What the answer comes to. In the guide's form nothing tells the API how many pictures the clip shows in a second, and more
     * than 48 cost twice; in the other one it has the clip itself.
     */
    public QuoteOutcome answer(QuoteForm form, QuoteOutcome outcome) {
        return form == QuoteForm.GUIDE && clip.filter(SourceClip::isFast).isPresent() && outcome instanceof QuoteOutcome.Priced priced
                ? new QuoteOutcome.Priced(2 * priced.microUsd()) : outcome;
    }

    /** Whether it can be asked in this form. */
    public boolean allows(QuoteForm form) {
        return form == QuoteForm.ENTRY || clip.isPresent();
    }

    /** The other form, where there is one. */
    public Optional<QuoteForm> instead(QuoteForm form) {
        return Optional.of(form.other()).filter(this::allows);
    }

    /** Whether the video is part of the question, so that one that is too large for a body has to be staged before. */
    public static boolean holdsVideo(VideoRequest request) {
        return request.fields().has("video_url") && !request.fields().has("prompt");
    }
}
