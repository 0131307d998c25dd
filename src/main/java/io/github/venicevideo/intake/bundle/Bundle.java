package io.github.venicevideo.intake.bundle;

import io.github.venicevideo.intake.draft.BundleOptions;
import io.github.venicevideo.intake.problem.Problem;
import io.github.venicevideo.venice.request.SourceClip;
import io.github.venicevideo.venice.request.VideoRequest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a dropped bundle asks for, ready to be recorded as a job.
 *
 * @param request the queue request after defaults, without {@code bundle}
 * @param options what the bundle asks of us rather than of the API
 * @param contentHash identity of the content: lower-case hex SHA-256 over what the bundle and the settings say, in a canonical
 *     form, and over its media; the same for a folder, a zip or a manifest that come to the same, whatever the catalogue says
 * @param formerHashes what the same content may have been recorded as before
 * @param referenceVideoSeconds length of all reference clips together, which a price depends on; with a clip that could not
 *     be measured, such as one behind a URL, the most they may last together. Empty without reference clips
 * @param bodyBytes how many bytes the body of the request will have, its media in it
 * @param media what is known of the media whose bytes we have, in the order of their fields
 * @param filled by field: what was filled in where the bundle says nothing
 * @param notes sentences that stay with the job: what is to be known of its model
 * @param warnings sentences for the log, the notes among them: what was assumed, what looks odd
 */
public record Bundle(VideoRequest request, BundleOptions options, String contentHash, Set<String> formerHashes,
                     Optional<Double> referenceVideoSeconds, long bodyBytes, List<BundleMedium> media,
                     Map<String, String> filled, List<String> notes, List<String> warnings) {

    public Bundle {
        media = List.copyOf(media);
        filled = Collections.unmodifiableMap(new LinkedHashMap<>(filled));
        notes = List.copyOf(notes);
        warnings = List.copyOf(warnings);
    }

    /** The clip in {@code video_url}, where its bytes are here and could be measured. */
    public Optional<SourceClip> clip() {
        return media.stream().filter(medium -> medium.field().equals("video_url"))
                .filter(medium -> medium.seconds() > 0 && medium.height() > 0).findFirst()
                .map(medium -> new SourceClip(medium.seconds(), medium.height(), medium.framesPerSecond()));
    }

    /** What was filled in, in a line. */
    public String filledInWords() {
        return filled.entrySet().stream().map(field -> field.getKey() + " " + Problem.shown(field.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** Whether a job that was recorded with a hash was made for this content. */
    public boolean isKnownAs(String hash) {
        return contentHash.equals(hash) || formerHashes.contains(hash);
    }
}
