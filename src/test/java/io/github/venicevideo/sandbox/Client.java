package io.github.venicevideo.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Calls a sandbox as any client would. */
public final class Client {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(60)).build();
    private final String base;
    private String key = "any";

    public record Answer(int status, byte[] body, HttpResponse<byte[]> raw) {

        public JsonNode json() throws IOException {
            return MAPPER.readTree(body);
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        public String header(String name) {
            return raw.headers().firstValue(name).orElse(null);
        }
    }

    public Client(Sandbox sandbox) {
        this.base = sandbox.apiUrl();
    }

    public Client withKey(String other) {
        key = other;
        return this;
    }

    public Answer post(String path, String json) throws Exception {
        return send(request(URI.create(base + path)).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    public Answer get(String path) throws Exception {
        return send(request(URI.create(base + path)).GET());
    }

    Answer queue(Map<String, Object> request) throws Exception {
        return post("/video/queue", json(request));
    }

    /** A valid request, changed; null removes a field. */
    public Answer queueText(Object... changes) throws Exception {
        return queue(with(text(), changes));
    }

    public Answer retrieve(JsonNode queued) throws Exception {
        return post("/video/retrieve", json(Map.of("model", queued.path("model").asText(),
                "queue_id", queued.path("queue_id").asText())));
    }

    public Answer complete(JsonNode queued) throws Exception {
        return post("/video/complete", json(Map.of("model", queued.path("model").asText(),
                "queue_id", queued.path("queue_id").asText())));
    }

    /** Without a key, unless one is given. */
    public Answer download(String method, String url, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(60))
                .method(method, HttpRequest.BodyPublishers.noBody());
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    static Map<String, Object> text() {
        return with(new HashMap<>(), "model", "wan-2-7-text-to-video", "prompt", "A gondola", "duration", "5s");
    }

    static Map<String, Object> with(Map<String, Object> request, Object... changes) {
        Map<String, Object> changed = new HashMap<>(request);
        for (int i = 0; i < changes.length; i += 2) {
            if (changes[i + 1] == null) {
                changed.remove((String) changes[i]);
            } else {
                changed.put((String) changes[i], changes[i + 1]);
            }
        }
        return changed;
    }

    static String json(Object value) throws IOException {
        return MAPPER.writeValueAsString(value);
    }

    private HttpRequest.Builder request(URI uri) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60));
        return key == null ? request : request.header("Authorization", "Bearer " + key);
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), response.body(), response);
    }
}
