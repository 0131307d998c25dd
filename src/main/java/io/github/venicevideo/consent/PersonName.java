package io.github.venicevideo.consent;

import java.util.Locale;
import java.util.Set;

/** Tells the name of a person from what is left of a form that nobody filled in. Nobody's identity is checked. */
final class PersonName {

    private static final int LONGEST = 200;
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
        String bare = name.toLowerCase(Locale.ROOT).replaceAll("^[<\\[{(\"'_]+|[>\\]})\"'_.!]+$", "").strip();
        if (bare.isEmpty()) {
            throw new IllegalArgumentException(where + " is empty. Write the full name of the person who answers for this.");
        }
        if (NOBODY.contains(bare) || bare.codePoints().filter(Character::isLetter).count() < 2) {
            throw new IllegalArgumentException(where + " is \"" + shown(name) + "\", which names nobody. Write the full name of"
                    + " the person who answers for this.");
        }
        if (name.length() > LONGEST || name.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(where + " has " + name.length() + " characters, or characters that cannot be"
                    + " seen; a name has at most " + LONGEST + ".");
        }
        return name;
    }

    private static String shown(String name) {
        return name.length() <= 60 ? name : name.substring(0, 60) + "…";
    }
}
