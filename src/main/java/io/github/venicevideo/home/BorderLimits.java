package io.github.venicevideo.home;

/**
 * How much is copied in at most. A little wider than what a bundle may hold, so that one that holds too much is refused with a sentence
 * of its own, and bounded, so that nobody fills the disk or holds up the others, be it with files of nothing.
 *
 * @param files most files
 * @param depth most folders within each other
 * @param bytes most bytes of all files together
 */
public record BorderLimits(int files, int depth, long bytes) {

    /** What bundles need, with room. */
    public static final BorderLimits USUAL = new BorderLimits(10_000, 32, 600_000_000L);

    /** All of them, as people are told. */
    public String allowed() {
        return "at most " + files + " files, folders at most " + depth + " deep, " + bytes / 1_000_000 + " MB in all";
    }
}
