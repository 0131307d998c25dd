package io.github.venicevideo.intake.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.intake.draft.Draft;
import io.github.venicevideo.intake.draft.Field;
import io.github.venicevideo.intake.draft.Fields;
import io.github.venicevideo.intake.draft.Shape;
import io.github.venicevideo.intake.problem.Findings;
import io.github.venicevideo.intake.problem.Problem;
import io.github.venicevideo.intake.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Checks names, JSON types and bounds of a request's fields. What a model makes of them is not known here. */
public final class FieldChecks {

    private static final int MOST_FIELDS = 200;
    private static final List<String> COMMON_RATIOS = List.of("16:9", "9:16", "1:1", "4:3", "3:4", "21:9");

    private final Draft draft;
    private final Findings findings;
    private final List<String> topLevel = new ArrayList<>();

    public FieldChecks(Draft draft, Findings findings) {
        this.draft = draft;
        this.findings = findings;
        topLevel.addAll(Fields.names(Fields.ALL));
        topLevel.add("bundle");
    }

    public void check() {
        fields(draft.fields(), "", Fields.ALL, topLevel);
    }

    private void fields(ObjectNode object, String prefix, List<Field> known, List<String> names) {
        if (object.size() > MOST_FIELDS) {
            findings.add(ProblemCode.TOO_COMPLEX, draft.fileOf(prefix), prefix, object.size() + " fields",
                    "at most " + MOST_FIELDS, "Leave only what this video needs.");
            return;
        }
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            String path = prefix + entry.getKey();
            String file = draft.fileOf(path);
            BrokenCharacters.find(path, entry.getValue()).ifPresent(where ->
                    findings.add(ProblemCode.BROKEN_CHARACTER, file, where, "", "", "Type that character again."));
            HugeNumbers.find(path, entry.getValue()).ifPresent(where ->
                    findings.add(ProblemCode.OUT_OF_BOUNDS, file, where, "", HugeNumbers.ALLOWED, "Write it shorter."));
            Fields.find(known, entry.getKey()).ifPresentOrElse(
                    field -> value(path, field, entry.getValue()),
                    () -> unknown(path, entry.getKey(), names));
        }
    }

    private void unknown(String path, String name, List<String> names) {
        Optional<String> meant = PastedNames.meant(name).filter(field -> names == topLevel);
        if (meant.isPresent()) {
            findings.add(ProblemCode.UNKNOWN_FIELD, draft.fileOf(path), path, "", "", meant.get());
            return;
        }
        Similar.to(name, names).ifPresentOrElse(
                near -> findings.add(ProblemCode.UNKNOWN_FIELD, draft.fileOf(path), path, "", "",
                        "Did you mean " + near + "?"),
                () -> findings.warn(Problem.printable(path)
                        + " is no field that we know; it is passed on to the API as it is."));
    }

    private void value(String path, Field field, JsonNode value) {
        switch (field.shape()) {
            case TEXT -> text(path, field, value);
            case INTEGER -> expect(value.isIntegralNumber() && value.canConvertToInt(), path, field, value);
            case FLAG -> expect(value.isBoolean(), path, field, value);
            case MEDIUM -> expect(value.isTextual(), path, field, value);
            case MEDIA -> media(path, field, value);
            case ELEMENTS -> objects(path, field, value, Fields.OF_ELEMENT);
            case KEYFRAMES -> objects(path, field, value, Fields.OF_KEYFRAME);
            case CONSENTS -> Consents.check(value, draft.fileOf(path), findings);
        }
    }

    private void text(String path, Field field, JsonNode value) {
        if (!expect(value.isTextual(), path, field, value)) {
            return;
        }
        String text = value.textValue();
        int length = text.codePointCount(0, text.length());
        boolean mayBeEmpty = field.name().equals("negative_prompt");
        if (length > field.max() || text.isBlank() && !mayBeEmpty) {
            findings.add(ProblemCode.OUT_OF_BOUNDS, draft.fileOf(path), path, length > field.max() ? "" : text,
                    "1 to " + field.max() + " characters",
                    length > field.max() ? "It has " + length + "." : "It is empty.");
        }
    }

    private void media(String path, Field field, JsonNode value) {
        if (expect(value.isArray(), path, field, value)) {
            count(path, field, value);
            for (int i = 0; i < value.size(); i++) {
                String item = path + "[" + i + "]";
                if (!value.get(i).isTextual()) {
                    wrongType(item, Shape.MEDIUM.allowed(), value.get(i), "");
                }
            }
        }
    }

    private void objects(String path, Field field, JsonNode value, List<Field> known) {
        if (!expect(value.isArray(), path, field, value)) {
            return;
        }
        count(path, field, value);
        for (int i = 0; i < value.size(); i++) {
            String item = path + "[" + i + "]";
            if (!(value.get(i) instanceof ObjectNode object)) {
                wrongType(item, "an object in { }", value.get(i), "");
                continue;
            }
            fields(object, item + ".", known, Fields.names(known));
            if (field.shape() == Shape.KEYFRAMES) {
                keyframe(item, object);
            } else if (object.isEmpty()) {
                findings.add(ProblemCode.MISSING_FIELD, draft.fileOf(path), item + "." + known.get(0).name(), "",
                        known.get(0).shape().allowed(), "An element is told by its pictures.");
            }
        }
    }

    private void keyframe(String path, ObjectNode keyframe) {
        for (Field field : Fields.OF_KEYFRAME) {
            if (!keyframe.has(field.name())) {
                findings.add(ProblemCode.MISSING_FIELD, draft.fileOf(path), path + "." + field.name(), "",
                        field.shape().allowed(), "");
            }
        }
        JsonNode index = keyframe.path("frame_index");
        if (index.canConvertToInt() && index.intValue() < 0) {
            findings.add(ProblemCode.OUT_OF_BOUNDS, draft.fileOf(path), path + ".frame_index", spelled(index),
                    "0 or more", "The first frame is 0.");
        }
    }

    private void count(String path, Field field, JsonNode list) {
        if (list.size() > field.max()) {
            findings.add(ProblemCode.OUT_OF_BOUNDS, draft.fileOf(path), path, list.size() + " entries",
                    "at most " + field.max(), "Take some out.");
        }
    }

    private boolean expect(boolean right, String path, Field field, JsonNode value) {
        if (!right) {
            wrongType(path, field.shape().allowed(), value, hint(field, value));
        }
        return right;
    }

    private void wrongType(String path, String allowed, JsonNode value, String hint) {
        findings.add(ProblemCode.WRONG_TYPE, draft.fileOf(path), path, spelled(value), allowed, hint);
    }

    private static String hint(Field field, JsonNode value) {
        if (value.isNull()) {
            return "Remove the field to leave it open.";
        }
        if (field.name().equals("duration") && value.isIntegralNumber() && value.asInt() > 0) {
            return "Write \"" + value.asText() + "s\".";
        }
        if (field.name().equals("duration") && value.isNumber()) {
            return "Write whole seconds, such as \"" + Math.max(1, Math.round(value.asDouble())) + "s\".";
        }
        if (field.name().equals("aspect_ratio") && value.isNumber()) {
            return "Write it as width and height, such as \"16:9\". " + NearestValue.hint(value.asText(), COMMON_RATIOS);
        }
        if (field.shape() == Shape.TEXT && value.isValueNode()) {
            return "Write \"" + value.asText() + "\".";
        }
        return field.shape() == Shape.MEDIA && value.isTextual() ? "Put [ ] around it." : "";
    }

    /** The value as it stands in the manifest. */
    public static String spelled(JsonNode value) {
        return value.isTextual() ? value.textValue() : value.isContainerNode() ? value.getNodeType().name().toLowerCase(
                Locale.ROOT) : value.asText();
    }
}
