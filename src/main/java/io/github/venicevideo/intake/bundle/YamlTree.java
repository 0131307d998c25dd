package io.github.venicevideo.intake.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.intake.problem.Findings;
import io.github.venicevideo.intake.problem.ProblemCode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Builds a JSON tree from the events of a YAML text. Lives for one reading. */
final class YamlTree {

    private static final int ALIASES = 100;
    /** Aliases of aliases grow without the text growing: bound what comes out. */
    private static final long SIZE = 8L * 1024 * 1024;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final Set<String> PROMPTS = Set.of("prompt", "negative_prompt");

    private final String file;
    private final Findings findings;
    private final YamlLines lines;
    private final YamlScalars scalars;
    private final Deque<Open> open = new ArrayDeque<>();
    private final Map<Anchor, JsonNode> anchors = new HashMap<>();
    private JsonNode root;
    private int documents;
    private int aliases;
    private long size;
    private int values;

    YamlTree(String file, YamlLines lines, Findings findings) {
        this.file = file;
        this.lines = lines;
        this.findings = findings;
        this.scalars = new YamlScalars(file, findings);
    }

    int documents() {
        return documents;
    }

    JsonNode root() {
        return root;
    }

    void accept(Event event) {
        if (event instanceof NodeEvent && ++values > 2 * JsonText.VALUES) {
            // Keys are events too.
            throw new TooComplexException("it holds too many values.", event.getStartMark());
        }
        if (event instanceof ScalarEvent scalar) {
            scalar(scalar);
        } else if (event instanceof AliasEvent alias) {
            alias(alias);
        } else if (event instanceof CollectionStartEvent start) {
            start(start);
        } else if (event instanceof MappingEndEvent || event instanceof SequenceEndEvent) {
            Open closed = open.pop();
            closed.anchor.ifPresent(anchor -> anchors.put(anchor, closed.node));
            add(closed.node, event.getStartMark());
        }
    }

    private void scalar(ScalarEvent scalar) {
        if (scalar.isPlain() && PROMPTS.contains(fieldHere())) {
            wholePrompt(scalar);
        }
        JsonNode value = isKey() ? NODES.textNode(scalar.getValue()) : scalars.value(scalar, fieldHere());
        scalar.getAnchor().ifPresent(anchor -> anchors.put(anchor, value));
        add(value, scalar.getStartMark());
    }

    /** What is cut out of a prompt costs as much as what is left in it. */
    private void wholePrompt(ScalarEvent scalar) {
        lines.comment(scalar.getEndMark()).ifPresent(comment -> findings.add(ProblemCode.SYNTAX, file, fieldHere(),
                comment, "", YamlText.place(scalar.getEndMark()) + "YAML takes what comes after \" #\" for a comment and"
                        + " leaves it out." + YamlLines.QUOTE
                        + " A comment needs a line of its own."));
        scalar.getAnchor().ifPresent(anchor -> findings.add(ProblemCode.SYNTAX, file, fieldHere(), "&" + anchor.getValue(), "",
                YamlText.place(scalar.getStartMark()) + "YAML takes it for an anchor and leaves it out." + YamlLines.QUOTE));
    }

    private void alias(AliasEvent alias) {
        JsonNode value = anchors.get(alias.getAlias());
        if (value == null) {
            throw new YamlEngineException(YamlText.place(alias.getStartMark()) + "there is no anchor &" + alias.getAlias()
                    + ", which YAML takes *" + alias.getAlias() + " for.");
        }
        size += measure(value);
        if (++aliases > ALIASES || size > SIZE) {
            throw new TooComplexException("it uses too many aliases (*name); write the values out.",
                    alias.getStartMark());
        }
        add(value.deepCopy(), alias.getStartMark());
    }

    private void start(CollectionStartEvent start) {
        if (open.size() >= JsonText.NESTING) {
            throw new TooComplexException("more than " + JsonText.NESTING + " levels.", start.getStartMark());
        }
        boolean isMap = start instanceof MappingStartEvent;
        String tag = start.getTag().orElse("!");
        if (!tag.equals("!") && !tag.equals(isMap ? "tag:yaml.org,2002:map" : "tag:yaml.org,2002:seq")) {
            scalars.badTag(tag, fieldHere(), start.getStartMark());
        }
        open.push(new Open(isMap ? NODES.objectNode() : NODES.arrayNode(), ((NodeEvent) start).getAnchor()));
    }

    private boolean isKey() {
        return !open.isEmpty() && open.peek().node.isObject() && open.peek().key == null;
    }

    private String fieldHere() {
        return open.isEmpty() || open.peek().key == null ? "" : open.peek().key;
    }

    private void add(JsonNode value, Optional<Mark> mark) {
        if (open.isEmpty()) {
            root = value;
            documents++;
        } else if (open.peek().node instanceof ArrayNode array) {
            array.add(value);
        } else if (open.peek().key == null) {
            key(value, mark);
        } else {
            ((ObjectNode) open.peek().node).set(open.peek().key, value);
            open.peek().key = null;
        }
    }

    private void key(JsonNode value, Optional<Mark> mark) {
        if (!value.isTextual()) {
            throw new YamlEngineException(YamlText.place(mark) + "a field's name must be a plain word.");
        }
        String key = value.textValue();
        if (key.equals("<<")) {
            findings.add(ProblemCode.SYNTAX, file, key, "", "",
                    YamlText.place(mark) + "YAML 1.2 has no merging of maps; write the fields out.");
        }
        if (open.peek().node.has(key)) {
            findings.add(ProblemCode.DUPLICATE_KEY, file, key, "", "", YamlText.place(mark) + "keep one of them.");
        }
        open.peek().key = key;
    }

    private static long measure(JsonNode node) {
        long sum = node.isTextual() ? 16 + node.textValue().length() : 16;
        for (JsonNode child : node) {
            sum += measure(child);
        }
        return sum;
    }

    /** A map or list whose end has not come yet. */
    private static final class Open {
        private final JsonNode node;
        private final Optional<Anchor> anchor;
        private String key;

        Open(JsonNode node, Optional<Anchor> anchor) {
            this.node = node;
            this.anchor = anchor;
        }
    }

    /** More levels or aliases than a request can need. */
    static final class TooComplexException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Optional<Mark> mark;

        TooComplexException(String message, Optional<Mark> mark) {
            super(message);
            this.mark = mark;
        }

        Optional<Mark> mark() {
            return mark;
        }
    }
}
