package io.github.venicevideo.intake.names;

import io.github.venicevideo.home.ShownNames;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;

/** What a name inside a bundle may look like, and when two names are the same. */
public final class SafeNames {

    private static final int LONGEST_NAME = 200;

    private SafeNames() {
    }

    public static boolean hasUnsafeCharacter(String name) {
        return name.codePoints().anyMatch(ShownNames::isUnsafe);
    }

    /** Relative, downwards only: no empty parts, no {@code .} or {@code ..}, no drive letter, no backslash. */
    public static boolean isRelativeInside(String name) {
        if (name.isEmpty() || name.startsWith("/") || name.indexOf('\\') >= 0 || name.matches("[A-Za-z]:.*")) {
            return false;
        }
        for (String part : name.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                return false;
            }
        }
        return true;
    }

    /** One name that every file system can have, in 200 bytes, which leaves room for a job's id behind it. */
    public static boolean isFileName(String name) {
        return isRelativeInside(name) && name.indexOf('/') < 0 && !hasUnsafeCharacter(name)
                && !name.matches(".*[<>:\"|?*].*|.*[. ]")
                && name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME;
    }

    /** macOS stores names decomposed, everybody else composed. */
    public static String nfc(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    public static String caseless(String name) {
        return nfc(name).toLowerCase(Locale.ROOT);
    }
}
