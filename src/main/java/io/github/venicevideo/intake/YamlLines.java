package io.github.venicevideo.intake;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * The lines of a YAML text, to tell people what it makes of words that mean something to it: a prompt may say
 * {@code #7}, begin with {@code @}, or hold a colon.
 */
final class YamlLines {

    static final String QUOTE = " Put the text between double quotes (\"…\"), or write it into a prompt.txt.";

    private static final Pattern BEGINS = Pattern.compile("\\s*(?:- +)?([A-Za-z_]+)\\s*:\\s+([@`%&*!\\[{>|\"'?,\\]}-]).*");
    private static final Pattern UNQUOTED = Pattern.compile("\\s*(?:- +)?([A-Za-z_]+)\\s*:\\s+[^\\s\"'|>].*");

    private final List<String> lines;

    YamlLines(String text) {
        this.lines = text.lines().toList();
    }

    /** What a comment behind a value cuts off; empty when there is none. */
    Optional<String> comment(Optional<Mark> end) {
        String rest = end.map(mark -> from(mark.getLine(), mark.getColumn())).orElse("");
        return rest.stripLeading().startsWith("#") && !rest.startsWith("#") ? Optional.of(rest.strip()) : Optional.empty();
    }

    /** What to do about a line that YAML does not understand; empty where nothing more can be said. */
    String wayOut(Optional<Mark> problem) {
        String line = problem.map(mark -> from(mark.getLine(), 0)).orElse("");
        Matcher begins = BEGINS.matcher(line);
        if (begins.matches()) {
            return " In YAML a plain text cannot begin with " + begins.group(2) + "." + QUOTE;
        }
        return UNQUOTED.matcher(line).matches() ? QUOTE : "";
    }

    private String from(int line, int column) {
        if (line >= lines.size()) {
            return "";
        }
        String text = lines.get(line);
        int points = text.codePointCount(0, text.length());
        return text.substring(text.offsetByCodePoints(0, Math.min(column, points)));
    }
}
