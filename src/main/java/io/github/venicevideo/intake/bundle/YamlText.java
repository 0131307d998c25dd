package io.github.venicevideo.intake.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.intake.problem.Findings;
import io.github.venicevideo.intake.problem.ProblemCode;
import io.github.venicevideo.intake.problem.ReadLimits;
import java.util.Iterator;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML 1.2 (core schema: {@code no} and {@code 16:9} are texts) into the tree that the same JSON would give.
 * Works on the parser's events, so that depth and number are bounded before anything recurses or grows.
 */
final class YamlText {

    /** Of a value that is longer, the parser would copy all that it has of it for each piece that it reads. */
    private static final int PIECE = 256 * 1024;

    private final int codePoints;

    YamlText(ReadLimits limits) {
        this.codePoints = limits.manifestText();
    }

    /** The value of the text; empty, with a problem found, when it is no YAML or more than one document. */
    Optional<JsonNode> read(String file, String text, Findings findings) {
        LoadSettings settings = LoadSettings.builder().setLabel(file).setCodePointLimit(codePoints).setBufferSize(PIECE).build();
        YamlLines lines = new YamlLines(text);
        YamlTree tree = new YamlTree(file, lines, findings);
        try {
            Iterator<Event> events = new Parse(settings).parseString(text).iterator();
            while (events.hasNext()) {
                tree.accept(events.next());
            }
            if (tree.documents() == 0) {
                findings.add(ProblemCode.EMPTY_FILE, file, "", "", "", "Write the request into it, or remove it.");
                return Optional.empty();
            }
            if (tree.documents() > 1) {
                findings.add(ProblemCode.SYNTAX, file, "", "", "one document",
                        "There is more than one between lines of ---: make a bundle of each.");
                return Optional.empty();
            }
            return Optional.of(tree.root());
        } catch (YamlTree.TooComplexException e) {
            findings.add(ProblemCode.TOO_COMPLEX, file, "", "", JsonText.BOUNDS, place(e.mark()) + e.getMessage());
        } catch (MarkedYamlEngineException e) {
            findings.add(ProblemCode.SYNTAX, file, "", "", "",
                    place(e.getProblemMark()) + sentence(e.getProblem()) + lines.wayOut(e.getProblemMark()));
        } catch (YamlEngineException e) {
            findings.add(ProblemCode.SYNTAX, file, "", "", "", sentence(firstLine(String.valueOf(e.getMessage()))) + YamlLines.QUOTE);
        }
        return Optional.empty();
    }

    static String place(Optional<Mark> mark) {
        return mark.map(m -> "Line " + (m.getLine() + 1) + ", column " + (m.getColumn() + 1) + ": ").orElse("");
    }

    private static String sentence(String problem) {
        String plain = problem.replaceFirst("\\.? ?\\(Do not use .* for indentation\\)$", "");
        return plain.endsWith(".") ? plain : plain + ".";
    }

    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
