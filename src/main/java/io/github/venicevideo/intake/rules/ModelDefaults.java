package io.github.venicevideo.intake.rules;

/**
 * The models to use for each kind of bundle that names none: ids with commas between them, the best one first. An empty text
 * means: there is no default, ask for one.
 *
 * @param text a prompt alone
 * @param image {@code image_url} or {@code end_image_url}
 * @param references any {@code reference_*_urls}
 * @param elements {@code elements} or {@code scene_image_urls}
 * @param keyframes {@code keyframes}
 * @param video {@code video_url} with a prompt
 * @param upscale {@code video_url} without a prompt
 */
public record ModelDefaults(String text, String image, String references, String elements, String keyframes,
        String video, String upscale) {

    /** No defaults: every bundle has to name its model. */
    public static final ModelDefaults NONE = new ModelDefaults("", "", "", "", "", "", "");
}
