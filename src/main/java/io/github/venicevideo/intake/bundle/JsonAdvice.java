package io.github.venicevideo.intake.bundle;

import java.util.List;

/** What to do about what a JSON parser stumbles over, for people who do not write JSON every day. */
final class JsonAdvice {

    private static final String COMMA = "Take out the comma before it.";

    /** The first that fits counts. */
    private static final List<Advice> ALL = List.of(
            new Advice("('}' (code 125)): was expecting double-quote", COMMA),
            new Advice("(']' (code 93)): expected a value", COMMA),
            new Advice("was expecting comma to separate", "A comma is missing before it; or it is a \" inside a text, which is written \\\"."),
            new Advice("maybe a (non-standard) comment", "JSON has no comments: take it out."),
            new Advice("was expecting double-quote to start field name", "Names and texts stand between straight double quotes (\")."),
            new Advice("expected a value", "Texts stand between straight double quotes (\")."),
            new Advice("expected a valid value", "Texts stand between straight double quotes (\")."),
            new Advice("Unrecognized token", "Texts stand between straight double quotes (\")."),
            new Advice("(CTRL-CHAR, code", "A text has no line breaks: write \\n, or put the prompt into a prompt.txt."),
            new Advice("Unexpected end-of-input", "It ends in the middle: a } or a \" is missing."));

    private JsonAdvice() {
    }

    /** @return empty, or a sentence with a blank before it */
    static String on(String message) {
        return ALL.stream().filter(advice -> message.contains(advice.part())).findFirst()
                .map(advice -> (message.endsWith(".") ? " " : ". ") + advice.sentence()).orElse("");
    }

    private record Advice(String part, String sentence) {
    }
}
