package io.github.venicevideo.intake.rules;

import com.fasterxml.jackson.databind.node.TextNode;
import io.github.venicevideo.intake.draft.Draft;
import io.github.venicevideo.intake.media.Measured;
import io.github.venicevideo.intake.media.Medium;
import io.github.venicevideo.venice.catalogue.VideoModel;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What to take where a bundle leaves open what its model's entry lists values of: the ratio nearest to its picture, and the
 * duration nearest to what is wished for.
 */
final class OpenValues {

    private static final String USUAL_RATIO = "16:9";
    private static final Pattern RATIO = Pattern.compile("\\d{1,6}:\\d{1,6}");
    /** Where a picture stands that the video is to look like, the first that is there. */
    private static final List<String> FRAMES = List.of("/image_url", "/end_image_url", "/keyframes/0/image_url",
            "/video_url", "/reference_video_urls/0", "/scene_image_urls/0", "/reference_image_urls/0");

    private OpenValues() {
    }

    /** The listed ratio nearest to the picture's, else 16:9, else the first; empty for a model that takes none. */
    static Optional<TextNode> ratio(Draft draft, VideoModel model) {
        return ratio(FRAMES.stream().flatMap(at -> Stream.ofNullable(draft.media().get(at)))
                .map(Medium::measured).filter(Measured::isSized).findFirst(), model);
    }

    /** The same for a picture, or for none. */
    static Optional<TextNode> ratio(Optional<Measured> picture, VideoModel model) {
        List<String> listed = model.aspectRatios().orElse(List.of());
        return picture.flatMap(frame -> nearest(listed, (double) frame.width() / frame.height()))
                .or(() -> listed.stream().filter(USUAL_RATIO::equals).findFirst())
                .or(() -> listed.stream().findFirst()).map(TextNode::valueOf);
    }

    private static Optional<String> nearest(List<String> listed, double ratio) {
        return listed.stream().filter(value -> RATIO.matcher(value).matches() && NearestValue.number(value) > 0)
                .min(Comparator.comparingDouble(value -> Math.abs(Math.log(NearestValue.number(value) / ratio))));
    }

    /**
     * The listed duration nearest to the wish, the shorter of two that are as near; the first one where nothing tells.
     * Empty for a model that takes none.
     */
    static Optional<TextNode> duration(String wish, VideoModel model) {
        List<String> listed = model.durations().orElse(List.of());
        Optional<Integer> wanted = RequestView.seconds(wish);
        return wanted.flatMap(seconds -> listed.stream().filter(value -> RequestView.seconds(value).isPresent())
                        .min(Comparator.<String>comparingInt(value -> Math.abs(RequestView.seconds(value).orElseThrow() - seconds))
                                .thenComparingInt(value -> RequestView.seconds(value).orElseThrow())))
                .or(() -> listed.stream().findFirst()).map(TextNode::valueOf);
    }
}
