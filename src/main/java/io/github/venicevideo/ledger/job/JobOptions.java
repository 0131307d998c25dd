package io.github.venicevideo.ledger.job;

import io.github.venicevideo.venice.request.SourceClip;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a bundle asks of us rather than of the API: its reserved key {@code bundle}, and where the job stands among its takes.
 *
 * @param deliverTo names of destinations; empty for the configured ones
 * @param name what the video is to be called; empty for the configured template
 * @param maxPrice the most this job may cost, in micro-dollars
 * @param referenceVideoSeconds length of all reference clips together, where there are any; a clip behind a URL counts as the
 *         longest allowed
 * @param clip the clip in {@code video_url}, where it could be measured; some models are priced by it
 * @param allowDuplicate whether the same content may be made again without a question
 * @param take which of its takes this job is, from 1
 * @param takes how many jobs were asked of this bundle
 * @param filled by field of the request: what was filled in since the bundle leaves it open
 * @param notes sentences on its model that people are to know
 */
public record JobOptions(List<String> deliverTo, Optional<String> name, Optional<Long> maxPrice,
                         Optional<Double> referenceVideoSeconds, Optional<SourceClip> clip,
                         boolean allowDuplicate, int take, int takes, Map<String, String> filled, List<String> notes) {

    public JobOptions {
        // Earlier rows have neither.
        filled = filled == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(filled));
        notes = notes == null ? List.of() : List.copyOf(notes);
    }

    /** Where nothing was filled in, and nothing is to be known. */
    public JobOptions(List<String> deliverTo, Optional<String> name, Optional<Long> maxPrice,
            Optional<Double> referenceVideoSeconds, Optional<SourceClip> clip, boolean allowDuplicate, int take, int takes) {
        this(deliverTo, name, maxPrice, referenceVideoSeconds, clip, allowDuplicate, take, takes, Map.of(), List.of());
    }

    /** What holds when a bundle says nothing. */
    public static JobOptions none() {
        return new JobOptions(List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false, 1, 1);
    }
}
