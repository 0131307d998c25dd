package io.github.venicevideo.intake.bundle;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.intake.problem.Findings;
import io.github.venicevideo.intake.problem.ProblemCode;
import java.io.IOException;
import java.util.Optional;

/** Reads JSON so that nothing in it changes on the way: no key twice, numbers as they are spelled. */
final class JsonText {

    static final int NESTING = 50;
    /** Values of one manifest, whole lists and objects among them: each takes many times its bytes once it is read. */
    static final int VALUES = 10_000;

    static final String BOUNDS = "at most " + VALUES + " values, at most " + NESTING + " levels deep";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonFactory factory;

    JsonText() {
        // Names come from strangers: they are not to be kept in tables that outlive the reading.
        this.factory = new JsonFactoryBuilder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(NESTING)
                        .build())
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .build();
    }

    /** The value of the text; empty, with a problem found, when it is no JSON, or more of it than a request can need. */
    Optional<JsonNode> read(String file, String text, Findings findings) {
        try (JsonParser parser = factory.createParser(text)) {
            if (parser.nextToken() == null) {
                findings.add(ProblemCode.EMPTY_FILE, file, "", "", "", "Write the request into it, or remove it.");
                return Optional.empty();
            }
            JsonNode value = new Run(parser, file, findings).value();
            if (parser.nextToken() != null) {
                findings.add(ProblemCode.SYNTAX, file, "", "", "one JSON object",
                        place(parser.currentTokenLocation()) + "there is more text after its end.");
                return Optional.empty();
            }
            return Optional.of(value);
        } catch (StreamConstraintsException e) {
            findings.add(ProblemCode.TOO_COMPLEX, file, "", "", BOUNDS, e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            findings.add(ProblemCode.SYNTAX, file, "", "", "",
                    place(e.getLocation()) + advised(e.getOriginalMessage()));
        } catch (IOException | NumberFormatException e) {
            findings.add(ProblemCode.SYNTAX, file, "", "", "", firstLine(String.valueOf(e.getMessage())));
        }
        return Optional.empty();
    }

    private static String place(JsonLocation location) {
        return location == null ? "" : "Line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
    }

    private static String advised(String message) {
        String line = firstLine(message);
        return line + JsonAdvice.on(line);
    }

    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        String line = end < 0 ? message : message.substring(0, end);
        // What the parser could be told to allow is nothing that a person can do.
        return line.replaceAll("\\s*\\([^()]*(Feature|enable)[^()]*(\\([^()]*\\)[^()]*)*\\)|: enable `[^`]*` to allow", "");
    }

    /** One reading, which counts what it makes. */
    private static final class Run {

        private final JsonParser parser;
        private final String file;
        private final Findings findings;
        private int values;

        Run(JsonParser parser, String file, Findings findings) {
            this.parser = parser;
            this.file = file;
            this.findings = findings;
        }

        JsonNode value() throws IOException {
            if (++values > VALUES) {
                throw new StreamConstraintsException("It holds more than " + VALUES + " values.");
            }
            JsonToken token = parser.currentToken();
            return switch (token) {
                case START_OBJECT -> object();
                case START_ARRAY -> array();
                case VALUE_STRING -> NODES.textNode(parser.getText());
                case VALUE_TRUE -> NODES.booleanNode(true);
                case VALUE_FALSE -> NODES.booleanNode(false);
                case VALUE_NULL -> NODES.nullNode();
                case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDecimalValue());
                case VALUE_NUMBER_INT -> integer();
                default -> throw new JsonParseException(parser, "unexpected " + token);
            };
        }

        private JsonNode integer() throws IOException {
            return switch (parser.getNumberType()) {
                case INT -> NODES.numberNode(parser.getIntValue());
                case LONG -> NODES.numberNode(parser.getLongValue());
                default -> NODES.numberNode(parser.getBigIntegerValue());
            };
        }

        private ObjectNode object() throws IOException {
            ObjectNode object = NODES.objectNode();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                JsonLocation where = parser.currentTokenLocation();
                parser.nextToken();
                JsonNode value = value();
                if (object.has(name)) {
                    findings.add(ProblemCode.DUPLICATE_KEY, file, name, "", "",
                            place(where) + "keep one of them.");
                }
                object.set(name, value);
            }
            return object;
        }

        private ArrayNode array() throws IOException {
            ArrayNode array = NODES.arrayNode();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                array.add(value());
            }
            return array;
        }
    }
}
