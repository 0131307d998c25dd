package io.github.venicevideo.intake;

/**
 * What a medium turned out to be when it was opened. Nothing here is certain to be known: what the bytes do not tell,
 * or no library of ours reads, is 0.
 *
 * @param width pixels, as the picture is shown: a photo that is stored on its side is turned first
 * @param height pixels
 * @param seconds how long it lasts
 * @param moves whether a picture is an animation
 * @param position whether it carries where it was taken
 * @param flaw why it cannot be opened, as a sentence; empty when it can
 */
record Measured(int width, int height, double seconds, boolean moves, boolean position, String flaw) {

    static final Measured NOTHING = new Measured(0, 0, 0, false, false, "");

    static Measured flawed(String why) {
        return new Measured(0, 0, 0, false, false, why);
    }

    static Measured lasting(double seconds) {
        return new Measured(0, 0, Double.isFinite(seconds) && seconds > 0 ? seconds : 0, false, false, "");
    }

    boolean isSized() {
        return width > 0 && height > 0;
    }
}
