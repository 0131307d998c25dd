package io.github.venicevideo.sandbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sandbox takes what either of the published schemas takes, and nothing else but what only the guides tell of. */
class PublishedSchemaTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Set<String> OF_THE_GUIDES = Set.of("bitrate_mode");

    @ParameterizedTest
    @ValueSource(strings = {"Queue", "Quote", "Retrieve", "Complete"})
    void isTheUnionOfBoth(String call) throws Exception {
        List<JsonNode> published = new ArrayList<>();
        for (String month : List.of("2026-06", "2026-08")) {
            try (InputStream in = getClass().getResourceAsStream("/venice-api/video-" + month + ".json")) {
                published.add(MAPPER.readTree(in).at("/components/schemas/" + call + "VideoRequest"));
            }
        }
        JsonNode ours = Resources.json(call.toLowerCase(Locale.ROOT) + "-request.schema.json", MAPPER);

        TreeMap<String, Set<String>> expected = new TreeMap<>();
        published.forEach(schema -> values("", schema, expected));
        TreeMap<String, Set<String>> taken = new TreeMap<>();
        values("", ours, taken);
        assertThat(expected).isNotEmpty();
        OF_THE_GUIDES.forEach(taken::remove);
        assertThat(taken).isEqualTo(expected);
    }

    /** Fields by their path, with what their enum allows, or how much of them is allowed at most. */
    private static void values(String path, JsonNode schema, TreeMap<String, Set<String>> into) {
        schema.path("properties").properties().forEach(field -> {
            String at = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            Set<String> values = into.computeIfAbsent(at, name -> new TreeSet<>());
            field.getValue().path("enum").forEach(value -> values.add(value.asText()));
            values(at, field.getValue(), into);
            values(at, field.getValue().path("items"), into);
        });
        for (String choice : List.of("anyOf", "oneOf", "allOf")) {
            schema.path(choice).forEach(part -> values(path, part, into));
        }
    }
}
