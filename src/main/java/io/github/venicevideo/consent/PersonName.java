package io.github.venicevideo.consent;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells the name of a person from what is left of a form that nobody filled in. Nobody's identity is checked. */
final class PersonName {

    private static final int LONGEST = 200;
    /** Controls, formats (category Cf), private use, and what Unicode calls default-ignorable or draws as a blank. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\x{34F}\\x{115F}\\x{1160}\\x{17B4}"
            + "\\x{17B5}\\x{180B}-\\x{180F}\\x{2028}\\x{2029}\\x{2060}-\\x{206F}\\x{2800}\\x{3164}\\x{FE00}-\\x{FE0F}\\x{FFA0}"
            + "\\x{FFF0}-\\x{FFF8}\\x{E0000}-\\x{E0FFF}]");
    private static final Set<String> NOBODY = Set.of("your name", "your full name", "yourname", "name", "full name",
            "my name", "the name", "first last", "firstname lastname", "somebody", "someone", "anybody", "anyone",
            "nobody", "unknown", "none", "null", "undefined", "n/a", "na", "tbd", "todo", "xxx", "me", "myself", "i", "us",
            "we", "user", "admin", "administrator", "root", "system", "person", "a person", "the person", "by", "test",
            "example", "manifest, unnamed", "manifest", "unnamed", "anonymous", "ihr name", "dein name", "john doe",
            "jane doe", "max mustermann");

    private PersonName() {
    }

    /**
     * A name, with single spaces.
     *
     * @param where what to call the field in a message
     * @throws IllegalArgumentException with a sentence, where it is none
     */
    static String of(String given, String where) {
        String name = given.strip().replaceAll("\\s+", " ");
        Matcher unseen = UNSEEN.matcher(name);
        if (unseen.find()) {
            throw new IllegalArgumentException(where + String.format(Locale.ROOT, " holds a character that cannot be seen"
                    + " (U+%04X). Write the name without it.", unseen.group().codePointAt(0)));
        }
        String bare = Normalizer.normalize(name, Normalizer.Form.NFKC).strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT)
                .replaceAll("^[<\\[{(\"'_]+|[>\\]})\"'_.!]+$", "").strip();
        if (bare.isEmpty()) {
            throw new IllegalArgumentException(where + " is empty. Write the full name of the person who answers for this.");
        }
        if (NOBODY.contains(bare) || bare.codePoints().filter(Character::isLetter).count() < 2) {
            throw new IllegalArgumentException(where + " is \"" + shown(name) + "\", which names nobody. Write the full name of"
                    + " the person who answers for this.");
        }
        if (name.length() > LONGEST) {
            throw new IllegalArgumentException(where + " has " + name.length() + " characters; a name has at most " + LONGEST
                    + ".");
        }
        return name;
    }

    private static String shown(String name) {
        return name.length() <= 60 ? name : name.substring(0, 60) + "…";
    }
}
