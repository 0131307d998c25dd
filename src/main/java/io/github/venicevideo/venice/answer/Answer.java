package io.github.venicevideo.venice.answer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.venice.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * One answer of the API, or of whatever stands in its way, before anybody judged it.
 *
 * @param status HTTP status
 * @param headers by lower-case name
 * @param contentType media type in lower case without parameters, empty where there is none
 * @param body text of the body, at most {@link #MAX_BYTES}; empty for a video, which is left to be streamed
 * @param complete whether the body was read to its end: false when it broke off, or went on for too much or too long
 * @param receivedAt epoch milliseconds, our clock
 */
public record Answer(int status, Map<String, String> headers, String contentType, String body, boolean complete,
                     long receivedAt) {

    private static final int OK = 200;

    /** Longest body that is read as text. */
    public static final int MAX_BYTES = 1024 * 1024;

    /** Longest time that reading a text body may take, in milliseconds, however slowly it drips. */
    static final long MAX_READ_MILLIS = 60_000;

    private static final int MAX_HEADER = 4_096;

    public Answer {
        headers = Collections.unmodifiableMap(new TreeMap<>(headers));
    }

    /**
     * The answer that a camel-http endpoint left in a message. A video, which is told by its first bytes where they tell
     * something, stays in the message's body, unread; any other body is read.
     */
    public static Answer of(Message message, Clock clock) {
        Integer status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        Answer head = head(status == null ? 0 : status, message.getHeaders(), clock);
        InputStream body = message.getBody(InputStream.class);
        if (status == null || status != OK || body == null) {
            return head.withBody(body, clock);
        }
        try {
            FirstBytes first = FirstBytes.of(body);
            message.setBody(first);
            Answer seen = first.type().map(head::typed).orElse(head);
            return seen.carriesVideo() ? seen : seen.withBody(first, clock);
        } catch (IOException e) {
            ResponseStreams.abort(body);
            message.setBody(null);
            return new Answer(head.status, head.headers, "", "", false, head.receivedAt);
        }
    }

    /** What calls itself a video may be a page that says why there is none. */
    private Answer typed(String type) {
        return new Answer(status, headers, type, body, complete, receivedAt);
    }

    /** Reads an answer; the body is bounded in size and time, and is done with afterwards. */
    public static Answer read(int status, Map<String, ?> headers, InputStream body, Clock clock) {
        return head(status, headers, clock).withBody(body, clock);
    }

    private static Answer head(int status, Map<String, ?> headers, Clock clock) {
        Map<String, String> kept = new TreeMap<>();
        headers.forEach((name, value) -> {
            // Camel's own bookkeeping stands among the headers of its messages
            if (value != null && !name.regionMatches(true, 0, "camel", 0, 5)) {
                String text = value.toString();
                kept.put(name.toLowerCase(Locale.ROOT), text.substring(0, Math.min(text.length(), MAX_HEADER)));
            }
        });
        String type = kept.getOrDefault("content-type", "").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return new Answer(status, kept, type, "", true, clock.millis());
    }

    private Answer withBody(InputStream in, Clock clock) {
        if (in == null) {
            return this;
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        boolean ended = false;
        try {
            byte[] buffer = new byte[8 * 1024];
            long deadline = receivedAt + MAX_READ_MILLIS;
            while (!ended && text.size() <= MAX_BYTES && clock.millis() <= deadline) {
                int count = in.read(buffer);
                ended = count < 0;
                if (count > 0) {
                    text.write(buffer, 0, count);
                }
            }
        } catch (IOException e) {
            // what came before the break may still say why
        } finally {
            ResponseStreams.abort(in);
        }
        boolean whole = ended && text.size() <= MAX_BYTES;
        byte[] bytes = text.toByteArray();
        String read = new String(bytes, 0, Math.min(bytes.length, MAX_BYTES), StandardCharsets.UTF_8);
        return new Answer(status, headers, contentType, read, whole, receivedAt);
    }

    /** Whether this counts as a success where the provider counts failures (contract, "Errors"). */
    public boolean success() {
        return status >= 200 && status < 300;
    }

    /** Whether the body is the finished video itself: {@code 200} with a video's content type. */
    public boolean carriesVideo() {
        return status == 200 && (contentType.startsWith("video/") || contentType.equals("application/mp4")
                || contentType.equals("application/octet-stream") || contentType.equals("binary/octet-stream"));
    }

    /** The body as a JSON object, where it is one, whole, and nothing else follows; the content type is not asked. */
    public Optional<JsonNode> json() {
        if (!complete || !body.stripLeading().startsWith("{")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.mapper().readTree(body)).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Neither body nor headers: a {@code download_url} may be among them. */
    @Override
    public String toString() {
        return "Answer[" + status + " " + contentType + ", " + body.length() + " characters" + (complete ? "]" : ", cut]");
    }
}
