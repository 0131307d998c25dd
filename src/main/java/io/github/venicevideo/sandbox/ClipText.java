package io.github.venicevideo.sandbox;

/**
 * What a video shows, and how long.
 *
 * @param title small line on top
 * @param text the prompt
 * @param aspectRatio like {@code 16:9}; anything else: as its first picture, or that
 * @param seconds length asked for
 * @param hue 0..359, colour of the background
 */
record ClipText(String title, String text, String aspectRatio, int seconds, int hue) {

    static ClipText of(Job job) {
        String prompt = job.request().path("prompt").asText("(no prompt)");
        return new ClipText("SANDBOX  " + job.model(), prompt, job.request().path("aspect_ratio").asText(""),
                Prices.seconds(job.request().path("duration").asText("")),
                Math.floorMod((job.model() + prompt).hashCode(), 360));
    }
}
