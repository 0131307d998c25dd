package io.github.venicevideo.intake.bundle;

import io.github.venicevideo.intake.draft.Draft;
import io.github.venicevideo.intake.draft.MediaSpots;
import io.github.venicevideo.intake.media.Measured;
import io.github.venicevideo.intake.media.Medium;
import io.github.venicevideo.intake.problem.Problem;
import java.util.List;

/**
 * What is known of one medium of a bundle, for people.
 *
 * @param field where it stands in the request, such as {@code elements[0].video_url}
 * @param file the file that it comes from, as it is called in the bundle; for a data URL, the manifest
 * @param mimeType what its bytes are
 * @param bytes how many they are
 * @param width pixels, as it is shown; 0 when unknown
 * @param height pixels; 0 when unknown
 * @param seconds how long it lasts; 0 when unknown, or when it does not last
 * @param framesPerSecond how many pictures it shows in a second; 0 when unknown, or when it shows none
 */
public record BundleMedium(String field, String file, String mimeType, long bytes, int width, int height,
        double seconds, double framesPerSecond) {

    static List<BundleMedium> of(Draft draft) {
        return MediaSpots.of(draft.fields()).stream()
                .filter(spot -> draft.media().containsKey(spot.pointer()))
                .map(spot -> of(spot.path(), draft.media().get(spot.pointer())))
                .toList();
    }

    private static BundleMedium of(String path, Medium medium) {
        Measured measured = medium.measured();
        return new BundleMedium(path, Problem.printable(medium.source()), medium.mimeType(), medium.bytes(),
                measured.width(), measured.height(), measured.seconds(), measured.framesPerSecond());
    }
}
