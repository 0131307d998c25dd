package io.github.venicevideo.intake.problem;

import io.github.venicevideo.home.ShownNames;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One thing that is wrong with a bundle, with what a person needs to mend it.
 *
 * <h2>Contract</h2>
 * Nothing here is null; what does not apply is empty. {@code value} is cut to {@value #VALUE_LIMIT} characters
 * and holds no control characters, since it comes from whoever dropped the bundle and goes into logs and pages.
 *
 * @param code one of {@link ProblemCode#code()}, for programs
 * @param file the file at fault, relative to the bundle
 * @param field the field at fault, as the API names it, such as {@code elements[0].video_url}
 * @param value what was found
 * @param allowed what may stand there instead, ready to follow "Allowed: "
 * @param hint what to do, in whole sentences
 */
public record Problem(String code, String file, String field, String value, String allowed, String hint) {

    static final int VALUE_LIMIT = 120;

    public Problem {
        // A name of nothing but blanks has to be seen as one.
        file = !file.isEmpty() && file.isBlank() ? '"' + printable(file) + '"' : printable(file);
        field = printable(field);
        value = printable(value);
    }

    static Problem of(ProblemCode code, String file, String field, String value, String allowed, String hint) {
        return new Problem(code.code(), file, field, value, allowed, hint);
    }

    /** The problem in one line that a designer understands: where, what, what is allowed, what to do. */
    public String sentence() {
        String where = file.isEmpty() ? field : field.isEmpty() ? file : file + ", " + field;
        StringBuilder sentence = new StringBuilder(where);
        if (!where.isEmpty()) {
            sentence.append(": ");
        }
        if (!value.isEmpty()) {
            sentence.append('"').append(value).append("\" ");
        }
        sentence.append(says()).append('.');
        if (!allowed.isEmpty()) {
            sentence.append(" Allowed: ").append(allowed).append('.');
        }
        if (!hint.isEmpty()) {
            sentence.append(' ').append(hint);
        }
        return sentence.toString();
    }

    private String says() {
        try {
            return ProblemCode.valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_')).says();
        } catch (IllegalArgumentException e) {
            return "is not accepted";
        }
    }

    /** A name as it may be shown: without characters that do something to a terminal or a page. */
    public static String shown(String name) {
        return printable(name);
    }

    public static String printable(String text) {
        String clean = text.codePoints()
                .limit(VALUE_LIMIT + 1L)
                .mapToObj(c -> ShownNames.isUnsafe(c) ? "\uFFFD" : Character.toString(c))
                .collect(Collectors.joining());
        return clean.codePointCount(0, clean.length()) <= VALUE_LIMIT
                ? clean
                : clean.substring(0, clean.offsetByCodePoints(0, VALUE_LIMIT - 1)) + "…";
    }
}
