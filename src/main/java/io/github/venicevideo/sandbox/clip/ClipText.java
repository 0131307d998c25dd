package io.github.venicevideo.sandbox.clip;

/**
 * What a video shows, and how long.
 *
 * @param title small line on top
 * @param text the prompt
 * @param aspectRatio like {@code 16:9}; anything else: as its first picture, or that
 * @param seconds length asked for
 * @param hue 0..359, colour of the background
 */
public record ClipText(String title, String text, String aspectRatio, int seconds, int hue) {
}
