package io.github.venicevideo.intake.rules;

import io.github.venicevideo.venice.Spelling;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody meant to write. */
public final class Similar {

    private static final int TYPOS = 2;

    private Similar() {
    }

    /**
     * The known name that is the same but for case, {@code -}, {@code _} and spaces, or is at most two typing
     * mistakes away (one for names of up to five letters, where two would turn one word into another).
     */
    public static Optional<String> to(String name, Collection<String> known) {
        String plain = plain(name);
        return known.stream()
                .filter(candidate -> Math.abs(plain.length() - plain(candidate).length()) <= TYPOS)
                .filter(candidate -> distance(plain, plain(candidate)) <= tolerance(plain, plain(candidate)))
                .min(Comparator.comparingInt(candidate -> distance(plain, plain(candidate))));
    }

    /** The nearest of the known names, however far away; for "the nearest is …". */
    public static Optional<String> nearest(String name, Collection<String> known) {
        String plain = plain(name);
        return known.stream()
                .limit(1_000)
                .min(Comparator.comparingInt(candidate -> distance(plain, plain(candidate))));
    }

    private static int tolerance(String a, String b) {
        return Math.min(a.length(), b.length()) <= 5 ? 1 : TYPOS;
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_ .]", "");
    }

    public static int distance(String a, String b) {
        return Spelling.distance(a, b);
    }
}
