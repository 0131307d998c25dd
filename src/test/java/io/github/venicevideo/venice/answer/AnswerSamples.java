package io.github.venicevideo.venice.answer;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** Answers for tests, received at a fixed time. */
final class AnswerSamples {

    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    static final String HTML = "<html><head><title>502 Bad Gateway</title></head><body><h1>nginx</h1></body></html>";

    private AnswerSamples() {
    }

    static Answer json(int status, String body, String... headers) {
        return answer(status, "application/json; charset=utf-8", body, headers);
    }

    static Answer html(int status) {
        return answer(status, "text/html", HTML);
    }

    static Answer answer(int status, String contentType, String body, String... headers) {
        Map<String, String> all = new HashMap<>();
        if (!contentType.isEmpty()) {
            all.put("Content-Type", contentType);
        }
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return Answer.read(status, all, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), CLOCK);
    }
}
