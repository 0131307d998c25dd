package io.github.venicevideo.sandbox.clip;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Breaks a text into lines. */
final class WordWrap {

    /** No picture shows more. */
    private static final int MOST_LINES = 60;

    private WordWrap() {
    }

    /** @param fits whether a line is narrow enough */
    static List<String> wrap(String text, Predicate<String> fits) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : text.strip().split("\\s+")) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (fits.test(longer)) {
                line = longer;
                continue;
            }
            if (!line.isEmpty()) {
                lines.add(line);
            }
            line = breakWord(word, fits, lines);
            if (lines.size() > MOST_LINES) {
                return lines;
            }
        }
        lines.add(line);
        return lines;
    }

    /** A word wider than the picture (a URL, or a language without spaces) is cut. @return what is left of it */
    private static String breakWord(String word, Predicate<String> fits, List<String> lines) {
        String rest = word;
        while (!fits.test(rest) && rest.length() > 1 && lines.size() <= MOST_LINES) {
            int end = rest.length() - 1;
            while (end > 1 && !fits.test(rest.substring(0, end))) {
                end -= Math.max(1, end / 8);
            }
            lines.add(rest.substring(0, end));
            rest = rest.substring(end);
        }
        return rest;
    }
}
