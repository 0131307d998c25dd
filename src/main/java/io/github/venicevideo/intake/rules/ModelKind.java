package io.github.venicevideo.intake.rules;

import io.github.venicevideo.venice.catalogue.VideoModel;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a model makes its videos from. Its id tells, where it is put together as the provider's are; what the catalogue calls
 * its type is the same for first frames and for references, and is asked only where the id says nothing.
 */
enum ModelKind {
    /** A clip, made larger. */
    UPSCALE("upscale", List.of()),
    /** A picture that moves as somebody in a clip does. */
    MOTION("motion-control", List.of(List.of("image_url", "reference_image_urls"), List.of("video_url", "reference_video_urls"))),
    /** What happens between two pictures. */
    TRANSITION("transition|first-last-frame", List.of(List.of("image_url"), List.of("end_image_url"))),
    KEYFRAMES("keyframe", List.of(List.of("keyframes", "image_url"))),
    /** A clip, made anew. */
    VIDEO("video-to-video|-v2v", List.of(List.of("video_url", "reference_video_urls"))),
    /** Pictures, clips and sounds that are shown or followed. */
    REFERENCES("reference-to-video|-r2v", List.of(List.of("reference_image_urls", "reference_video_urls",
            "reference_audio_urls", "elements", "scene_image_urls", "image_url", "end_image_url", "video_url"))),
    /** A first frame. */
    IMAGE("image-to-video|-i2v", List.of(List.of("image_url", "end_image_url", "reference_image_urls", "scene_image_urls",
            "elements", "keyframes"))),
    TEXT("text-to-video|-t2v", List.of()),
    /** Nobody says. */
    UNKNOWN("(?!)", List.of());

    private final Pattern ids;
    private final List<List<String>> needs;

    /**
     * @param ids what an id of the kind has in it
     * @param needs groups of fields; of each group one must be there
     */
    ModelKind(String ids, List<List<String>> needs) {
        this.ids = Pattern.compile(ids);
        this.needs = needs;
    }

    /** Groups of fields; of each group, one must be there. */
    List<List<String>> needs() {
        return needs;
    }

    static ModelKind of(String id, Optional<VideoModel> entry) {
        String name = id.toLowerCase(Locale.ROOT);
        for (ModelKind kind : values()) {
            if (kind.ids.matcher(name).find()) {
                return kind;
            }
        }
        return switch (entry.map(VideoModel::type).orElse("")) {
            case "text-to-video" -> TEXT;
            case "image-to-video" -> IMAGE;
            case "video" -> entry.flatMap(VideoModel::videoInput).orElse(false) ? VIDEO : UNKNOWN;
            default -> UNKNOWN;
        };
    }
}
