package io.github.venicevideo.sandbox.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class JsonSlimmerTest {

    private static final String LONG = "x".repeat(JsonSlimmer.LONG);

    @TempDir
    Path dir;
    private final AtomicInteger files = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(strings = {"{}", "", "{\"a\": \"data:x\", \"b\": [\"\\\"\", \"\\\\\", \"\\u00e9\"]}",
            "{\"a\": \"open"})
    void leavesSmallDocumentsAsTheyAre(String json) throws Exception {
        assertThat(new String(slim(json).json(), StandardCharsets.UTF_8)).isEqualTo(json);
    }

    @Test
    void movesLongDataUrlsToFilesUnescaped() throws Exception {
        JsonSlimmer.Slim slim = slim("{\"a\": \"data:image\\/png;base64,\\u002B" + LONG + "\\/\", \"b\": \"DATA:" + LONG
                + "\", \"c\": 1}");

        JsonNode json = new ObjectMapper().readTree(slim.json());
        assertThat(json.toString()).isEqualTo("{\"a\":\"sandbox-blob:0\",\"b\":\"sandbox-blob:1\",\"c\":1}");
        assertThat(Files.readString(slim.blobs().get(0))).isEqualTo("data:image/png;base64,+" + LONG + "/");
        assertThat(Files.readString(slim.blobs().get(1))).isEqualTo("DATA:" + LONG);
    }

    @Test
    void cutsOtherLongStrings() throws Exception {
        JsonSlimmer.Slim slim = slim("{\"a\": \"" + "\\\"".repeat(JsonSlimmer.LONG) + "\", \"b\": 2}");

        JsonNode json = new ObjectMapper().readTree(slim.json());
        assertThat(json.path("a").asText()).hasSize(JsonSlimmer.LONG / 2);
        assertThat(json.path("b").asInt()).isEqualTo(2);
        assertThat(slim.blobs()).isEmpty();
    }

    private JsonSlimmer.Slim slim(String json) throws Exception {
        return JsonSlimmer.slim(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)),
                () -> dir.resolve("blob-" + files.getAndIncrement()));
    }
}
