package io.github.venicevideo.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.call.LoggedRequest;
import io.github.venicevideo.sandbox.call.SandboxOptions;
import io.github.venicevideo.sandbox.fault.Fault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What only shows on a bare socket: refusals before the body, and closed connections. */
@Timeout(180)
class WireTest {

    @TempDir
    Path dir;
    private Sandbox sandbox;

    @BeforeEach
    void start() throws Exception {
        sandbox = Sandbox.start(SandboxOptions.forTests(dir).withKey("right")
                .withLimits(new SandboxOptions.Limits(2, 0, 0, false)));
    }

    @AfterEach
    void stop() throws Exception {
        sandbox.close();
    }

    @Test
    void continuesWhenTheHeadIsFine() throws Exception {
        try (Wire wire = new Wire()) {
            String body = Client.json(Client.text());
            wire.head("right", body.length());
            assertThat(wire.statusLine()).contains("100");
            assertThat(wire.line()).isEmpty();
            wire.send(body);
            assertThat(wire.statusLine()).contains("200");
        }
    }

    @Test
    void refusesBeforeTheBody() throws Exception {
        assertThat(early("wrong", 1000)).contains("401");
        assertThat(early("right", 35_000_001)).contains("413");
        sandbox.setBalance(BigDecimal.ZERO);
        assertThat(early("right", 1000)).contains("402");
        assertThat(early("right", 1000)).contains("429");
        assertThat(sandbox.requests(Call.QUEUE)).extracting(LoggedRequest::bodyBytes).containsOnly(0L);
    }

    @Test
    void refusesEarlyOnDemand() throws Exception {
        sandbox.faults().next(1, Call.QUEUE, Fault.error(503).early());

        assertThat(early("right", 1000)).contains("503");
        assertThat(sandbox.accepted()).isEmpty();
    }

    @Test
    void tellsTheLimitInTheApisShape() throws Exception {
        try (Wire wire = new Wire()) {
            wire.head("right", 40_000_000);
            assertThat(wire.rest()).contains("\"code\":\"PAYLOAD_TOO_LARGE\"").contains("Connection: close");
        }
    }

    @Test
    void readsChunkedBodiesAndRefusesThoseThatTurnOutTooLarge() throws Exception {
        sandbox.close();
        sandbox = Sandbox.start(SandboxOptions.forTests(dir).withMaxBodyBytes(1000));
        try (Wire wire = new Wire()) {
            wire.send("POST /api/v1/video/queue HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
            wire.send("7d0\r\n" + "x".repeat(2000) + "\r\n0\r\n\r\n");
            assertThat(wire.rest()).contains(" 413 ").contains("PAYLOAD_TOO_LARGE");
        }
    }

    @Test
    void wantsJson() throws Exception {
        try (Wire wire = new Wire()) {
            wire.send("POST /api/v1/video/queue HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n"
                    + "Authorization: Bearer right\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
            assertThat(wire.rest()).contains(" 415 ");
        }
    }

    @Test
    void closesWithinTheBodyOnDemand() throws Exception {
        sandbox.faults().next(1, Call.QUEUE, Fault.closeAfterReading(100));
        try (Wire wire = new Wire()) {
            wire.head("right", 1000);
            assertThat(wire.statusLine()).contains("100");
            assertThat(wire.line()).isEmpty();
            wire.send("x".repeat(100));
            assertThat(wire.line()).isNull();
        }
        assertThat(sandbox.accepted()).isEmpty();
        assertThat(sandbox.requests()).extracting(LoggedRequest::status).containsExactly(0);
    }

    private String early(String key, long length) throws IOException {
        try (Wire wire = new Wire()) {
            wire.head(key, length);
            return wire.statusLine();
        }
    }

    /** A bare connection to the API port. */
    private final class Wire implements AutoCloseable {

        private final Socket socket = new Socket("127.0.0.1", URI.create(sandbox.apiUrl()).getPort());
        private final OutputStream out = socket.getOutputStream();
        private final BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));

        Wire() throws IOException {
            socket.setSoTimeout(20_000);
        }

        void head(String key, long length) throws IOException {
            send("POST /api/v1/video/queue HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                    + "Authorization: Bearer " + key + "\r\nExpect: 100-continue\r\nContent-Length: " + length
                    + "\r\n\r\n");
        }

        void send(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        String statusLine() throws IOException {
            return line();
        }

        String line() throws IOException {
            return in.readLine();
        }

        String rest() throws IOException {
            StringBuilder rest = new StringBuilder();
            String line;
            while ((line = in.readLine()) != null) {
                rest.append(line).append('\n');
            }
            return rest.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
