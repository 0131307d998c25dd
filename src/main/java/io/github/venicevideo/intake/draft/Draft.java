package io.github.venicevideo.intake.draft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.intake.media.Medium;
import io.github.venicevideo.intake.problem.Findings;
import io.github.venicevideo.intake.problem.ProblemCode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** A request while it is put together from manifest and files. Lives for one reading. */
public final class Draft {

    private final String label;
    private final ObjectNode fields;
    private final Map<String, String> files = new HashMap<>();
    private final Map<String, Medium> media = new HashMap<>();
    private final Map<String, String> filled = new LinkedHashMap<>();

    /** @param label stands for a file where a problem is not of any one file */
    public Draft(String label, Manifest manifest) {
        this.label = label;
        this.fields = manifest.fields();
        fields.fieldNames().forEachRemaining(name -> files.put(name, manifest.fileName()));
    }

    public ObjectNode fields() {
        return fields;
    }

    /** Whether somebody tried to give this field, even if the value turned out to be of no use. */
    public boolean isGiven(String field) {
        return files.containsKey(field);
    }

    /** The file a field comes from; also for paths into it such as {@code elements[0].video_url}. */
    public String fileOf(String path) {
        return files.getOrDefault(path.split("[.\\[]", 2)[0], label);
    }

    /** Takes a field on behalf of a file. False, with a problem found, when something else gives it already. */
    public boolean claim(String field, BundleFile file, Findings findings) {
        String other = files.putIfAbsent(field, file.name());
        if (other != null) {
            findings.add(ProblemCode.GIVEN_TWICE, file.name(), field, "", "",
                    other + " gives it as well: keep one of them.");
        }
        return other == null;
    }

    public void set(String field, JsonNode value) {
        fields.set(field, value);
    }

    /** Sets a field that nobody gave. */
    public void fill(String field, JsonNode value) {
        fields.set(field, value);
        filled.put(field, value.asText());
    }

    /** By field: what was filled in where nobody gave anything. */
    public Map<String, String> filled() {
        return filled;
    }

    /** @param pointer as in {@link io.github.venicevideo.venice.request.Media#field()} */
    public void put(String pointer, Medium medium) {
        media.put(pointer, medium);
    }

    /** By JSON pointer: the media whose bytes we have, in files or in data URLs. */
    public Map<String, Medium> media() {
        return media;
    }

    /** The fields in the order they are sent: known ones by our table, then those we only pass on. */
    public ObjectNode inOrder() {
        ObjectNode ordered = JsonNodeFactory.instance.objectNode();
        for (Field field : Fields.ALL) {
            if (fields.has(field.name())) {
                ordered.set(field.name(), fields.get(field.name()));
            }
        }
        fields.properties().forEach(field -> {
            if (!ordered.has(field.getKey())) {
                ordered.set(field.getKey(), field.getValue());
            }
        });
        return ordered;
    }
}
