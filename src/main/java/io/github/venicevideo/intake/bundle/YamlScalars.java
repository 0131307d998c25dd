package io.github.venicevideo.intake.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.venicevideo.intake.problem.Findings;
import io.github.venicevideo.intake.problem.ProblemCode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;

/** What a YAML scalar is in JSON, by the core schema. Numbers keep their spelling. */
final class YamlScalars {

    /** As for JSON: a number longer than this is no number that anybody meant. */
    private static final int NUMBER_LENGTH = 1_000;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final CoreScalarResolver resolver = new CoreScalarResolver(false);
    private final String file;
    private final Findings findings;

    YamlScalars(String file, Findings findings) {
        this.file = file;
        this.findings = findings;
    }

    JsonNode value(ScalarEvent scalar, String field) {
        String text = scalar.getValue();
        Tag tag = scalar.getTag().map(Tag::new).orElseGet(() -> resolver.resolve(text, scalar.isPlain()));
        if (tag.equals(Tag.STR) || tag.getValue().equals("!")) {
            return NODES.textNode(text);
        }
        if (tag.equals(Tag.NULL)) {
            return NODES.nullNode();
        }
        if (tag.equals(Tag.BOOL) && text.matches("(?i)true|false")) {
            return NODES.booleanNode(text.equalsIgnoreCase("true"));
        }
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return number(text, field, scalar.getStartMark());
        }
        badTag(tag.getValue(), field, scalar.getStartMark());
        return NODES.textNode(text);
    }

    void badTag(String tag, String field, Optional<Mark> mark) {
        findings.add(ProblemCode.SYNTAX, file, field, tag, "", YamlText.place(mark) + "write the value without the tag, or put it between double quotes.");
    }

    private JsonNode number(String text, String field, Optional<Mark> mark) {
        String plain = text.startsWith("+") ? text.substring(1) : text;
        try {
            if (plain.length() > NUMBER_LENGTH) {
                throw new NumberFormatException("too long");
            }
            if (plain.startsWith("0x")) {
                return integer(new BigInteger(plain.substring(2), 16));
            }
            if (plain.startsWith("0o")) {
                return integer(new BigInteger(plain.substring(2), 8));
            }
            return plain.matches("-?\\d+") ? integer(new BigInteger(plain)) : NODES.numberNode(new BigDecimal(plain));
        } catch (NumberFormatException e) {
            findings.add(ProblemCode.SYNTAX, file, field, text.toLowerCase(Locale.ROOT), "",
                    YamlText.place(mark) + "that is no number the API takes; put a text into quotes.");
            return NODES.textNode(text);
        }
    }

    private static JsonNode integer(BigInteger number) {
        if (number.bitLength() < Integer.SIZE) {
            return NODES.numberNode(number.intValue());
        }
        return number.bitLength() < Long.SIZE ? NODES.numberNode(number.longValue()) : NODES.numberNode(number);
    }
}
