package io.github.venicevideo.home;

/** Names of anybody's, without characters that do something to a terminal, a log or a page. */
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
}
