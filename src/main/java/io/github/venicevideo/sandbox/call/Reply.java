package io.github.venicevideo.sandbox.call;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One answer, before any fault is laid over it. Its body is either in memory or a file.
 *
 * @param endsJob whether it tells that a video is done
 */
public record Reply(int status, String contentType, byte[] bytes, Path file, boolean endsJob, Map<String, String> headers) {

    public static final String JSON = "application/json";

    public static Reply json(int status, JsonNode body) {
        return of(status, JSON, body.toString());
    }

    static Reply of(int status, String contentType, String text) {
        return new Reply(status, contentType, text.getBytes(StandardCharsets.UTF_8), null, false, Map.of());
    }

    public static Reply video(Path mp4) {
        return new Reply(200, "video/mp4", null, mp4, true, Map.of());
    }

    public Reply ending() {
        return new Reply(status, contentType, bytes, file, true, headers);
    }

    public Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, contentType, bytes, file, endsJob, more);
    }

    public Reply withBytes(byte[] changed) {
        return new Reply(status, contentType, changed, null, endsJob, headers);
    }

    public boolean isVideo() {
        return file != null;
    }

    public boolean isFailure() {
        return status >= 400;
    }

    public long length() throws IOException {
        return file == null ? bytes.length : Files.size(file);
    }

    public InputStream open() throws IOException {
        return file == null ? new ByteArrayInputStream(bytes) : Files.newInputStream(file);
    }
}
