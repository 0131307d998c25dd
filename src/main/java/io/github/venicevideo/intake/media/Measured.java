package io.github.venicevideo.intake.media;

/**
 * What a medium turned out to be when it was opened. Nothing here is certain to be known: what the bytes do not tell,
 * or no library of ours reads, is 0.
 *
 * @param width pixels, as the picture is shown: a photo that is stored on its side is turned first
 * @param height pixels
 * @param seconds how long it lasts
 * @param moves whether a picture is an animation
 * @param position whether it carries where it was taken
 * @param turned whether a picture is stored otherwise than it is shown, with a note on how to turn it
 * @param flaw why it cannot be opened, as a sentence; empty when it can
 * @param framesPerSecond of a clip
 */
public record Measured(int width, int height, double seconds, boolean moves, boolean position, boolean turned, String flaw,
                double framesPerSecond) {

    static final Measured NOTHING = new Measured(0, 0, 0, false, false, false, "");

    public Measured(int width, int height, double seconds, boolean moves, boolean position, boolean turned, String flaw) {
        this(width, height, seconds, moves, position, turned, flaw, 0);
    }

    static Measured flawed(String why) {
        return new Measured(0, 0, 0, false, false, false, why);
    }

    public static Measured lasting(double seconds) {
        return clip(0, 0, seconds, false, 0);
    }

    static Measured clip(int width, int height, double seconds, boolean position, double framesPerSecond) {
        double known = Double.isFinite(seconds) && seconds > 0 ? seconds : 0;
        return new Measured(width, height, known, false, position, false, "", framesPerSecond);
    }

    public boolean isSized() {
        return width > 0 && height > 0;
    }
}
