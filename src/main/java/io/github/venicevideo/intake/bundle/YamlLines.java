package io.github.venicevideo.intake.bundle;

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

    /** More of a line than anybody is told. */
    private static final int MOST = 1_000;

    /** May be nothing but line ends, or one line: neither is taken apart as a whole. */
    private final String text;
    private int points;
    private int offset;

    YamlLines(String text) {
        this.text = text;
    }

    /** What a comment behind a value cuts off; empty when there is none. */
    Optional<String> comment(Optional<Mark> end) {
        String rest = end.map(mark -> lineFrom(offset(mark))).orElse("");
        return rest.stripLeading().startsWith("#") && !rest.startsWith("#") ? Optional.of(rest.strip()) : Optional.empty();
    }

    /** What to do about a line that YAML does not understand; empty where nothing more can be said. */
    String wayOut(Optional<Mark> problem) {
        String line = problem.map(mark -> lineFrom(lineStart(offset(mark)))).orElse("");
        Matcher begins = BEGINS.matcher(line);
        if (begins.matches()) {
            return " In YAML a plain text cannot begin with " + begins.group(2) + "." + QUOTE;
        }
        return UNQUOTED.matcher(line).matches() ? QUOTE : "";
    }

    private String lineFrom(int from) {
        int to = from;
        while (to < text.length() && to < from + MOST && !isLineEnd(to)) {
            to++;
        }
        return text.substring(from, to);
    }

    private int lineStart(int at) {
        int start = at;
        while (start > 0 && !isLineEnd(start - 1)) {
            start--;
        }
        return start;
    }

    private boolean isLineEnd(int at) {
        return text.charAt(at) == '\n' || text.charAt(at) == '\r';
    }

    /** Goes on from the last one: a text that is asked about at each of its values is gone through once. */
    private int offset(Mark mark) {
        if (mark.getIndex() < points) {
            points = 0;
            offset = 0;
        }
        while (points < mark.getIndex() && offset < text.length()) {
            offset = text.offsetByCodePoints(offset, 1);
            points++;
        }
        return offset;
    }
}
