package io.github.venicevideo.intake.draft;

import java.util.List;
import java.util.Optional;

/**
 * The fields of {@code POST /video/queue}: the union of the schemas of 2026-06 and 2026-08 and of the guides.
 * Values of enumerations are not here: the catalogue knows them better.
 */
public final class Fields {

    private static final int SHORT_TEXT = 200;
    private static final int PROMPT = 20_000;

    /** In the order they are sent: what is short first, media last. */
    public static final List<Field> ALL = List.of(
            new Field("model", Shape.TEXT, null, SHORT_TEXT),
            new Field("prompt", Shape.TEXT, null, PROMPT),
            new Field("negative_prompt", Shape.TEXT, null, PROMPT),
            new Field("duration", Shape.TEXT, null, SHORT_TEXT),
            new Field("aspect_ratio", Shape.TEXT, null, SHORT_TEXT),
            new Field("resolution", Shape.TEXT, null, SHORT_TEXT),
            new Field("upscale_factor", Shape.INTEGER, null, 0),
            new Field("audio", Shape.FLAG, null, 0),
            new Field("omni_reference_task_type", Shape.TEXT, null, SHORT_TEXT),
            new Field("bitrate_mode", Shape.TEXT, null, SHORT_TEXT),
            new Field("consents", Shape.CONSENTS, null, 0),
            new Field("image_url", Shape.MEDIUM, Family.IMAGE, 1),
            new Field("end_image_url", Shape.MEDIUM, Family.IMAGE, 1),
            new Field("audio_url", Shape.MEDIUM, Family.AUDIO, 1),
            new Field("video_url", Shape.MEDIUM, Family.VIDEO, 1),
            new Field("reference_image_urls", Shape.MEDIA, Family.IMAGE, 30),
            new Field("reference_video_urls", Shape.MEDIA, Family.VIDEO, 10),
            new Field("reference_audio_urls", Shape.MEDIA, Family.AUDIO, 10),
            new Field("reference_document_urls", Shape.MEDIA, Family.DOCUMENT, 1),
            new Field("elements", Shape.ELEMENTS, null, 7),
            new Field("scene_image_urls", Shape.MEDIA, Family.IMAGE, 4),
            new Field("keyframes", Shape.KEYFRAMES, null, 10));

    public static final List<Field> OF_ELEMENT = List.of(
            new Field("frontal_image_url", Shape.MEDIUM, Family.IMAGE, 1),
            new Field("reference_image_urls", Shape.MEDIA, Family.IMAGE, 3),
            new Field("video_url", Shape.MEDIUM, Family.VIDEO, 1));

    public static final List<Field> OF_KEYFRAME = List.of(
            new Field("image_url", Shape.MEDIUM, Family.IMAGE, 1),
            new Field("frame_index", Shape.INTEGER, null, 0));

    private Fields() {
    }

    public static Optional<Field> find(String name) {
        return find(ALL, name);
    }

    public static Optional<Field> find(List<Field> fields, String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    public static List<String> names(List<Field> fields) {
        return fields.stream().map(Field::name).toList();
    }
}
