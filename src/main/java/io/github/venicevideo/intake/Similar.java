package io.github.venicevideo.intake;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody meant to write. */
final class Similar {

    private static final int TYPOS = 2;

    private Similar() {
    }

    /**
     * The known name that is the same but for case, {@code -}, {@code _} and spaces, or is at most two typing
     * mistakes away (one for names of up to five letters, where two would turn one word into another).
     */
    static Optional<String> to(String name, Collection<String> known) {
        String plain = plain(name);
        return known.stream()
                .filter(candidate -> Math.abs(plain.length() - plain(candidate).length()) <= TYPOS)
                .filter(candidate -> distance(plain, plain(candidate)) <= tolerance(plain, plain(candidate)))
                .min(Comparator.comparingInt(candidate -> distance(plain, plain(candidate))));
    }

    /** The nearest of the known names, however far away; for "the nearest is …". */
    static Optional<String> nearest(String name, Collection<String> known) {
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

    /** Levenshtein's distance, with two swapped letters counting as one mistake. */
    static int distance(String a, String b) {
        // Names longer than this are no typing mistakes of ours, and the table grows with the product.
        if (a.length() > 300 || b.length() > 300) {
            return Math.max(a.length(), b.length());
        }
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
