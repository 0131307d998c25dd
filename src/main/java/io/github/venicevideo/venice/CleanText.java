package io.github.venicevideo.venice;

import java.util.regex.Pattern;

/** Text from outside, made fit for files and logs that people read. */
public final class CleanText {

    /** Longest message kept, in characters. */
    static final int MESSAGE = 2_000;

    private static final Pattern SIGNED = Pattern.compile("\\?[^\\s\"'<>]*X-Amz-[^\\s\"'<>]*");

    private CleanText() {
    }

    public static String of(String text) {
        return of(text, MESSAGE);
    }

    /**
     * One line without control, direction or invisible characters, and without the signature of a URL that was given
     * for staged media and comes back in an answer; cut to the length with an ellipsis.
     */
    public static String of(String given, int longest) {
        if (given == null) {
            return "";
        }
        String text = given.contains("X-Amz-") ? SIGNED.matcher(given).replaceAll("?…") : given;
        StringBuilder clean = new StringBuilder(Math.min(text.length(), longest));
        boolean gap = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (blank(c)) {
                gap = clean.length() > 0;
                continue;
            }
            int needed = Character.charCount(c) + (gap ? 1 : 0);
            if (clean.length() + needed >= longest) {
                return clean.append('…').toString();
            }
            if (gap) {
                clean.append(' ');
            }
            gap = false;
            clean.appendCodePoint(c);
        }
        return clean.toString();
    }

    private static boolean blank(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
