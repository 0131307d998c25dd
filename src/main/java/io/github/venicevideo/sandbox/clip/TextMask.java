package io.github.venicevideo.sandbox.clip;

import org.slf4j.LoggerFactory;

/** Draws a title and a wrapped text as a mask: one byte a pixel, 255 (unsigned) = ink. */
public interface TextMask {

    byte[] draw(int width, int height, String title, String text);

    /** The machine's fonts; where it has none, or its Java cannot use them, letters of our own. */
    static TextMask available() {
        TextMask own = new PixelLettering();
        TextMask machine = new FontLettering();
        try {
            machine.draw(64, 32, "x", "x");
        } catch (Throwable noFonts) { // InternalError, UnsatisfiedLinkError, NoClassDefFoundError: all were seen
            LoggerFactory.getLogger(TextMask.class).debug("No fonts here; the videos get built-in letters", noFonts);
            return own;
        }
        return machine;
    }
}
