package io.github.venicevideo.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.venicevideo.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a caller can have the console hold, and for how long, whoever it is. */
@Timeout(180)
class ConsoleBoundsTest {

    private static final String TOKEN = "sixteen-or-more-0";
    private static final Duration SHORT = Duration.ofMillis(1_500);
    /** Longer than any test takes, for those that hold connections and want none of them cut off. */
    private static final Duration LONG = Duration.ofMinutes(10);

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final List<Socket> sockets = new ArrayList<>();
    private ConsoleServer server;

    /** @param longest how long a head or a body may take */
    private void start(Duration longest) throws Exception {
        context.getRegistry().bind("veniceConsoleGuard", new ConsoleGuard(ConsoleToken.of(
                Settings.packaged().with(Map.of("venice.console.token", TOKEN)))));
        server = new ConsoleServer(new ConsoleAddress("127.0.0.1", 0), context, longest);
        server.start();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("platform-http:/api/echo").to("bean:veniceConsoleGuard?method=check").convertBodyTo(String.class)
                        .removeHeaders("*");
            }
        });
        context.start();
    }

    @AfterEach
    void stop() throws Exception {
        for (Socket socket : sockets) {
            socket.close();
        }
        context.close();
        server.stop();
    }

    @Test
    void whoMayNotCallIsToldSoBeforeTheBodyIsSent() throws Exception {
        start(LONG);
        Socket caller = send(head("/api/echo", "wrong-token-of-16", 30_000));

        assertThat(line(caller)).isEqualTo("HTTP/1.1 401 Unauthorized");
    }

    @Test
    void aBodyThatIsSaidToBeLongIsRefusedBeforeItIsSent() throws Exception {
        start(LONG);
        assertThat(line(send(head("/api/echo", TOKEN, 40_000)))).startsWith("HTTP/1.1 413");
    }

    @Test
    void aBodyThatTurnsOutLongIsRefused() throws Exception {
        start(LONG);
        Socket caller = send(head("/api/echo", TOKEN, 0).replace("Content-Length: 0", "Transfer-Encoding: chunked"));
        // At once: the connection may be closed as soon as it is too much.
        caller.getOutputStream().write(("2000\r\n" + "x".repeat(0x2000) + "\r\n").repeat(5).getBytes(StandardCharsets.US_ASCII));

        assertThat(line(caller)).startsWith("HTTP/1.1 413");
    }

    @Test
    void aBodyThatDripsIsCutOffAtItsTime() throws Exception {
        start(SHORT);
        Socket caller = send(head("/api/echo", TOKEN, 1_000));

        assertThat(dripped(caller, 200)).isLessThan(200);
    }

    @Test
    void aHeadThatDripsIsCutOffAtItsTime() throws Exception {
        start(SHORT);
        Socket caller = send("GET /api/echo HTTP/1.1\r\nX-Slow: ");

        assertThat(dripped(caller, 200)).isLessThan(200);
    }

    @Test
    void fewBodiesAreReadAtOnceAndTheOthersAreToldToWait() throws Exception {
        start(LONG);
        for (int i = 0; i < ConsoleBodies.MOST_AT_ONCE; i++) {
            send(head("/api/echo", TOKEN, 20_000) + "x");
        }
        // The server has one thread for what comes in, so these have been seen when the next is answered.
        assertThat(line(send(head("/api/echo", TOKEN, 20_000)))).startsWith("HTTP/1.1 503");

        for (Socket socket : sockets) {
            socket.close();
        }
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() ->
                assertThat(line(send(head("/api/echo", TOKEN, 2) + "{}"))).isEqualTo("HTTP/1.1 200 OK"));
    }

    @Test
    void moreConnectionsThanAreHeldAreClosed() throws Exception {
        start(LONG);
        for (int i = 0; i < ConsoleConnections.MOST; i++) {
            send("");
        }
        Socket oneMore = send("");

        assertThat(oneMore.getInputStream().read()).isEqualTo(-1);
    }

    private static String head(String path, String token, int length) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                + "\r\nContent-Type: application/json\r\nContent-Length: " + length + "\r\n\r\n";
    }

    private Socket send(String text) throws IOException {
        Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), server.port());
        socket.setSoTimeout(20_000);
        sockets.add(socket);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        return socket;
    }

    /** How many bytes could be sent, one at a time, before the connection was closed. */
    private static int dripped(Socket socket, int most) throws IOException {
        socket.setSoTimeout(50);
        for (int sent = 0; sent < most; sent++) {
            try {
                socket.getOutputStream().write('x');
                if (socket.getInputStream().read() < 0) {
                    return sent;
                }
            } catch (SocketTimeoutException e) {
                continue;
            } catch (IOException e) {
                return sent;
            }
        }
        return most;
    }

    private static String line(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\r'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString();
    }
}
