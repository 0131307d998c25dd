package io.github.venicevideo.intake.bundle;

import io.github.venicevideo.intake.draft.Family;
import java.util.regex.Pattern;

/** What a file in a bundle can be by its name. The patterns are for names in lower case with {@code _} between words. */
enum Slot {
    PROMPT("prompt", "prompt", null, "prompt.txt"),
    NEGATIVE_PROMPT("negative_prompt", "negative_prompt", null, "negative_prompt.txt"),
    IMAGE("image|(first|start|starting)(_?(frame|image|picture))?", "image_url", Family.IMAGE, "image.*"),
    END_IMAGE("end_image|(last|end|ending|final)_?(frame|image|picture)|last|end", "end_image_url", Family.IMAGE,
            "end_image.*"),
    AUDIO("audio", "audio_url", Family.AUDIO, "audio.*"),
    VIDEO("video", "video_url", Family.VIDEO, "video.*"),
    REFERENCE_IMAGE("reference_image_(\\d+)", "reference_image_urls", Family.IMAGE, "reference_image_1.*"),
    REFERENCE_VIDEO("reference_video_(\\d+)", "reference_video_urls", Family.VIDEO, "reference_video_1.*"),
    REFERENCE_AUDIO("reference_audio_(\\d+)", "reference_audio_urls", Family.AUDIO, "reference_audio_1.*"),
    REFERENCE_DOCUMENT("reference_document_(\\d+)", "reference_document_urls", Family.DOCUMENT,
            "reference_document_1.*"),
    ELEMENT_FRONTAL("element_(\\d+)_frontal", "elements", Family.IMAGE, "element_1_frontal.*"),
    ELEMENT_REFERENCE("element_(\\d+)_reference_(\\d+)", "elements", Family.IMAGE, "element_1_reference_1.*"),
    ELEMENT_VIDEO("element_(\\d+)_video", "elements", Family.VIDEO, "element_1_video.*"),
    SCENE_IMAGE("scene_image_(\\d+)", "scene_image_urls", Family.IMAGE, "scene_image_1.*"),
    KEYFRAME("keyframe_(\\d+)", "keyframes", Family.IMAGE, "keyframe_120.*");

    private final Pattern pattern;
    private final String field;
    private final Family family;
    private final String example;

    Slot(String pattern, String field, Family family, String example) {
        this.pattern = Pattern.compile(pattern);
        this.field = field;
        this.family = family;
        this.example = example;
    }

    Pattern pattern() {
        return pattern;
    }

    /** The request field it fills. */
    String field() {
        return field;
    }

    /** Kind of medium; null for texts. */
    Family family() {
        return family;
    }

    String example() {
        return example;
    }

    /** The name with what it is for, where that needs saying. */
    String shown() {
        return switch (this) {
            case IMAGE -> example + " (the first frame)";
            case END_IMAGE -> example + " (the last frame)";
            case VIDEO -> example + " (to upscale or to work on)";
            default -> example;
        };
    }

    /** Whether the groups of its pattern are numbers. */
    boolean hasNumbers() {
        return pattern.pattern().contains("\\d");
    }

    boolean isText() {
        return family == null;
    }
}
