package io.github.venicevideo.intake.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.intake.draft.Field;
import io.github.venicevideo.intake.draft.Fields;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a drop folder fills in where a bundle says nothing.
 *
 * <h2>Contract</h2>
 * A bundle's own value always wins. A default is not applied where the workflow must not have the field
 * ({@link Defaults}). An empty value means no default.
 *
 * @param fields values by field name, as text; allowed are the plain fields (duration, resolution, aspect_ratio,
 *     audio, negative_prompt, upscale_factor, omni_reference_task_type, bitrate_mode)
 * @param models the model by kind of bundle
 */
public record DropDefaults(Map<String, String> fields, ModelDefaults models) {

    /** Nothing is filled in. */
    public static final DropDefaults NONE = new DropDefaults(Map.of(), ModelDefaults.NONE);

    /** @throws IllegalArgumentException when a default is for no such field, or is not of the field's type */
    public DropDefaults {
        Map<String, String> given = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            if (!value.isBlank()) {
                typed(name, value);
                given.put(name, value);
            }
        });
        fields = Map.copyOf(given);
    }

    /** The default of a field in its JSON type, or null. */
    public JsonNode typed(String name) {
        String value = fields.get(name);
        return value == null ? null : typed(name, value);
    }

    private static JsonNode typed(String name, String value) {
        Field field = Fields.find(name)
                .filter(Field::mayHaveDefault)
                .orElseThrow(() -> new IllegalArgumentException("there is no default for a field " + name));
        return field.fromText(value.strip())
                .orElseThrow(() -> new IllegalArgumentException(
                        "the default " + name + "=" + value + " is not " + field.shape().allowed()));
    }
}
