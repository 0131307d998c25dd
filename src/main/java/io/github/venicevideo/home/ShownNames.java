package io.github.venicevideo.home;

/** Names and texts of anybody's, without characters that do something to a terminal, a log or a page. */
public final class ShownNames {

    private ShownNames() {
    }

    /** Control characters, half characters and those that turn the reading direction: they make names lie. */
    public static boolean isUnsafe(int codePoint) {
        return Character.isISOControl(codePoint)
                || codePoint >= 0xD800 && codePoint <= 0xDFFF
                || codePoint >= 0x202A && codePoint <= 0x202E
                || codePoint >= 0x2066 && codePoint <= 0x2069
                || codePoint == 0x2028 || codePoint == 0x2029;
    }

    /** The name with {@code _} in the place of each of them: no longer than it was, and a name of a file too. */
    public static String of(String name) {
        StringBuilder shown = new StringBuilder();
        name.codePoints().forEach(c -> shown.appendCodePoint(isUnsafe(c) ? '_' : c));
        return shown.toString();
    }

    /** A text of any length in one line, with each character spelled out that is not to be shown as it is. */
    public static String spelled(String text) {
        return spelled(text, "");
    }

    /** The same of a text of several lines, in which a few of those characters have their meaning. */
    public static String spelled(String text, String kept) {
        if (text.codePoints().noneMatch(c -> isInvisible(c) && kept.indexOf(c) < 0)) {
            return text;
        }
        StringBuilder spelled = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (isInvisible(c) && kept.indexOf(c) < 0) {
                spell(c, spelled);
            } else {
                spelled.appendCodePoint(c);
            }
        });
        return spelled.toString();
    }

    /** Joiners are not seen either, but without them some scripts, and pictures of people, fall apart. */
    private static boolean isInvisible(int c) {
        return isUnsafe(c) || Character.getType(c) == Character.FORMAT && c != 0x200C && c != 0x200D;
    }

    private static void spell(int c, StringBuilder spelled) {
        switch (c) {
            case '\n' -> spelled.append("\\n");
            case '\r' -> spelled.append("\\r");
            case '\t' -> spelled.append("\\t");
            default -> {
                for (char unit : Character.toChars(c)) {
                    spelled.append(String.format("\\u%04X", (int) unit));
                }
            }
        }
    }
}
