package io.github.venicevideo.sandbox.fault;

import io.github.venicevideo.sandbox.call.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Something that goes wrong with a request, on demand. Armed through {@link Faults}. */
public sealed interface Fault {

    /** When, in the life of a request, a fault strikes; its predicate sees what is known by then. */
    enum Phase { HEAD, BODY, END }

    Phase phase();

    /** Answers this instead of doing anything. */
    record Answer(int status, String contentType, byte[] body, Map<String, String> headers, Phase phase)
            implements Fault {

        public Answer header(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Answer(status, contentType, body, more, phase);
        }

        /** Before the body is read: to an {@code Expect: 100-continue}, no byte of it is sent. */
        public Answer early() {
            return new Answer(status, contentType, body, headers, Phase.HEAD);
        }

        /** Only in place of the answer that a video is done; jobs still working are told so as usual. */
        public Answer whenDone() {
            return new Answer(status, contentType, body, headers, Phase.END);
        }
    }

    /** Answers as usual, but later (real time). */
    record Delay(Duration by) implements Fault {
        @Override
        public Phase phase() {
            return Phase.BODY;
        }
    }

    /** Closes the connection before a byte of the body is read. */
    record CloseBeforeReading() implements Fault {
        @Override
        public Phase phase() {
            return Phase.HEAD;
        }
    }

    /** Closes the connection after so many bytes of the body. */
    record CloseAfterReading(long bytes) implements Fault {
        @Override
        public Phase phase() {
            return Phase.HEAD;
        }
    }

    /** Does the work (the job is accepted and charged), then closes the connection without an answer. */
    record AcceptThenDrop() implements Fault {
        @Override
        public Phase phase() {
            return Phase.BODY;
        }
    }

    /** Does the work (the job is accepted and charged), then answers this instead, as a proxy that timed out would. */
    record AcceptThenAnswer(Answer answer) implements Fault {
        @Override
        public Phase phase() {
            return Phase.BODY;
        }
    }

    /** Announces the whole video, sends this many bytes of it, closes. */
    record Truncate(long afterBytes) implements Fault {
        @Override
        public Phase phase() {
            return Phase.END;
        }
    }

    /** Sends the video this slowly. */
    record Slow(int bytesPerSecond) implements Fault {
        @Override
        public Phase phase() {
            return Phase.END;
        }
    }

    /** Sends the video without saying how long it is, and goes on after it with zeros, for so many bytes in all. */
    record Unmeasured(long bytes) implements Fault {
        @Override
        public Phase phase() {
            return Phase.END;
        }
    }

    /** Sends a changed video, with the length that it then has. */
    record Alter(UnaryOperator<byte[]> change) implements Fault {
        @Override
        public Phase phase() {
            return Phase.END;
        }
    }

    /** Waits; see {@link Faults#hold} and {@link Hold}. */
    record Wait(Hold hold, Hold.Point point, long afterBytes) implements Fault {
        @Override
        public Phase phase() {
            return switch (point) {
                case BEFORE_BODY -> Phase.HEAD;
                case BEFORE_WORK, BEFORE_ANSWER -> Phase.BODY;
                case WHILE_SENDING -> Phase.END;
            };
        }
    }

    static Answer answer(int status, String contentType, String body) {
        return new Answer(status, contentType, body.getBytes(StandardCharsets.UTF_8), Map.of(), Phase.BODY);
    }

    static Answer json(int status, String body) {
        return answer(status, Reply.JSON, body);
    }

    /** The API's plain error shape. */
    static Answer error(int status) {
        return json(status, "{\"error\": \"Answered on demand with " + status + ".\"}");
    }

    /** What a proxy in front of the API says. */
    static Answer html(int status) {
        return answer(status, "text/html", "<html><head><title>" + status + "</title></head><body><center><h1>" + status
                + "</h1></center><hr><center>cloudflare</center></body></html>");
    }

    /** 429 with Retry-After in seconds. */
    static Answer tooFast(int retryAfterSeconds) {
        return json(429, "{\"error\": {\"message\": \"Rate limit exceeded.\", \"type\": \"rate_limit_error\", "
                + "\"code\": \"RATE_LIMIT_EXCEEDED\"}}").header("Retry-After", Integer.toString(retryAfterSeconds));
    }

    /** The job ended without a video: {@code {"status": "failed"}} where the video would have been. */
    static Answer failed() {
        return json(200, "{\"status\": \"failed\", \"average_execution_time\": 145000, "
                + "\"execution_duration\": 53200}").whenDone();
    }

    /** The provider's content policy, contract section retrieve. */
    static Answer contentPolicy(boolean refunded) {
        return json(422, "{\"error\": {\"message\": \"The selected model provider rejected this request due to its "
                + "content policies.\", \"type\": \"provider_content_policy\", \"credits_refunded\": " + refunded
                + ", \"recommended_model\": \"wan-2-7-text-to-video\"}}").whenDone();
    }

    /** How some say that a job is over 24 h old; others answer 404. */
    static Answer invalidRequestId() {
        return json(400, "{\"error\": \"Request ID is invalid.\"}");
    }

    /** An HTML page that calls itself a video. */
    static Answer htmlAsVideo() {
        return answer(200, "video/mp4", "<html><body>Service temporarily unavailable</body></html>").whenDone();
    }

    /** A video of 1 KB of nothing. */
    static Alter placeholder() {
        return new Alter(video -> new byte[1024]);
    }

    /** A video cut short whose announced length agrees with what is sent. */
    static Alter cutShort() {
        return new Alter(video -> Arrays.copyOf(video, video.length * 2 / 3));
    }

    static Delay delay(Duration by) {
        return new Delay(by);
    }

    static CloseBeforeReading closeBeforeReading() {
        return new CloseBeforeReading();
    }

    static CloseAfterReading closeAfterReading(long bytes) {
        return new CloseAfterReading(bytes);
    }

    static AcceptThenDrop acceptThenDrop() {
        return new AcceptThenDrop();
    }

    static AcceptThenAnswer acceptThenAnswer(Answer answer) {
        return new AcceptThenAnswer(answer);
    }

    static Truncate truncate(long afterBytes) {
        return new Truncate(afterBytes);
    }

    static Unmeasured unmeasured(long bytes) {
        return new Unmeasured(bytes);
    }

    static Slow slow(int bytesPerSecond) {
        return new Slow(bytesPerSecond);
    }
}
