package io.github.venicevideo.intake.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.catalogue.PictureLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Limits of a family of models that the catalogue does not tell. They stand in {@code venice-video/model-families.json}, each
 * row with its source; the first row fits that has its {@code ids} in a model's id, the last one fits all.
 *
 * @param name for people; empty for all other models
 * @param ids what the ids have in them
 * @param source who says so
 * @param most entries that a list may have
 * @param seconds the shortest and the longest video that is made; empty where that is not known
 * @param clipSeconds how long each reference clip or sound may last, at least and at most
 * @param clipsSeconds how long all clips, and all sounds, may last together
 * @param clipBytes most bytes of a reference clip
 * @param soundBytes most bytes of a reference sound; 0: no limit
 * @param pictureBytes most bytes of a picture; 0: no limit
 * @param pictures their sizes; empty where any are taken
 * @param mostTogether most frames, elements and scene pictures together; 0: no limit
 * @param elementsWithFrame most elements beside a first or last frame; 0: no limit
 * @param sourceMatched values that follow a reference clip, by field, taken though the catalogue does not list them
 * @param values of fields that only some families have; an empty list: not this one
 */
record ModelFamily(String name, String ids, String source, Map<String, Integer> most, List<Integer> seconds,
                   List<Integer> clipSeconds, int clipsSeconds, long clipBytes, long soundBytes, long pictureBytes,
                   Optional<PictureLimits> pictures, int mostTogether, int elementsWithFrame,
                   Map<String, List<String>> sourceMatched, Map<String, List<String>> values) {

    private static final String FILE = "/venice-video/model-families.json";
    private static final List<ModelFamily> ALL = load();

    static ModelFamily of(String model) {
        String id = model.toLowerCase(Locale.ROOT);
        return ALL.stream().filter(family -> id.contains(family.ids)).findFirst().orElseThrow();
    }

    /** Whether it is one of those with rules of their own. */
    boolean isKnown() {
        return !name.isEmpty();
    }

    /** Whether the value of a field follows the reference clips. */
    boolean followsSource(String field, String value) {
        return sourceMatched.getOrDefault(field, List.of()).contains(value.toLowerCase(Locale.ROOT));
    }

    private static List<ModelFamily> load() {
        try (InputStream in = ModelFamily.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("The packaged " + FILE + " is missing from the class path");
            }
            return Json.mapper().readTree(in).path("families").valueStream().map(ModelFamily::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ModelFamily of(JsonNode row) {
        return new ModelFamily(row.path("name").textValue(), row.path("ids").textValue(), row.path("source").textValue(),
                map(row.path("most"), Integer.class), list(row.path("seconds"), Integer.class),
                list(row.path("clip_seconds"), Integer.class), row.path("clips_seconds").intValue(),
                row.path("clip_bytes").longValue(), row.path("sound_bytes").longValue(), row.path("picture_bytes").longValue(),
                row.has("pictures") ? Optional.of(Json.mapper().convertValue(row.get("pictures"), PictureLimits.class))
                        : Optional.empty(),
                row.path("most_together").intValue(), row.path("elements_with_frame").intValue(),
                lists(row.path("source_matched")), lists(row.path("values")));
    }

    private static <T> List<T> list(JsonNode array, Class<T> type) {
        return array.valueStream().map(value -> Json.mapper().convertValue(value, type)).toList();
    }

    private static <T> Map<String, T> map(JsonNode object, Class<T> type) {
        return object.propertyStream().collect(Collectors.toUnmodifiableMap(Map.Entry::getKey,
                entry -> Json.mapper().convertValue(entry.getValue(), type)));
    }

    private static Map<String, List<String>> lists(JsonNode object) {
        return object.propertyStream().collect(Collectors.toUnmodifiableMap(Map.Entry::getKey,
                entry -> list(entry.getValue(), String.class)));
    }
}
