package io.github.venicevideo.venice.client;

import io.github.venicevideo.Connections;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP server for one test, written by hand to show the request as it was on the wire and to misbehave at will. */
final class WireServer implements AutoCloseable {

    /** What came: the target is as the client wrote it, body bytes are counted and dropped. */
    record Request(String method, String target, Map<String, String> headers, long bodyBytes) {
        String header(String name) {
            return headers.get(name);
        }
    }

    private enum Manner { ANSWER, EARLY, SILENT, HANG_UP, FOREVER, DEAF, DRIP }

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final Connections open;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Manner manner = Manner.ANSWER;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile byte[] answer = new byte[0];
    private volatile byte[] chunk = new byte[0];
    private volatile Duration drip = Duration.ZERO;

    WireServer() throws IOException {
        open = Connections.to(socket, this::serve);
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    List<Request> requests() {
        return requests;
    }

    int connections() {
        return connections.get();
    }

    void answer(int status, String contentType, String body, String... headers) {
        StringBuilder text = new StringBuilder("HTTP/1.1 " + status + " Reason\r\nContent-Type: " + contentType
                + "\r\nContent-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n");
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        answer = (text + "\r\n" + body).getBytes(StandardCharsets.UTF_8);
    }

    void refuseEarly(int status, String body) {
        answer(status, "application/json", body, "Connection: close");
        manner = Manner.EARLY;
    }

    void staySilent() {
        manner = Manner.SILENT;
    }

    void hangUpAfterTheBody() {
        manner = Manner.HANG_UP;
    }

    void answerForever(String contentType) {
        answerForever("HTTP/1.1 200 OK\r\nContent-Type: " + contentType + "\r\nTransfer-Encoding: chunked\r\n\r\n",
                "10000\r\n" + "x".repeat(0x10000) + "\r\n");
    }

    /** Begins an answer, and goes on with the same for ever. */
    void answerForever(String begin, String again) {
        answer = begin.getBytes(StandardCharsets.US_ASCII);
        chunk = again.getBytes(StandardCharsets.US_ASCII);
        manner = Manner.FOREVER;
    }

    /** A byte of the head every so often. */
    void drip(Duration every) {
        answer(200, "application/json", "{}");
        drip = every;
        manner = Manner.DRIP;
    }

    /** Reads the head of a request and no byte more. */
    void goDeaf() throws IOException {
        socket.setReceiveBufferSize(64 * 1024);
        manner = Manner.DEAF;
    }

    private void serve(Socket client) throws IOException {
        connections.incrementAndGet();
        try (client) {
            InputStream in = new BufferedInputStream(client.getInputStream());
            OutputStream out = client.getOutputStream();
            for (String first = line(in); first != null; first = line(in)) {
                if (!one(first, in, out)) {
                    return;
                }
            }
        }
    }

    private boolean one(String first, InputStream in, OutputStream out) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
        }
        long length = Long.parseLong(headers.getOrDefault("content-length", "0"));
        if (manner == Manner.EARLY) {
            out.write(answer);
            out.flush();
            length = 0;
        } else if (headers.containsKey("expect")) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
        if (manner == Manner.DEAF) {
            ends(Duration.ofMinutes(1));
            return false;
        }
        byte[] buffer = new byte[64 * 1024];
        long read = 0;
        while (read < length) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, length - read));
            if (count < 0) {
                return false;
            }
            read += count;
        }
        String[] words = first.split(" ");
        requests.add(new Request(words[0], words[1], headers, read));
        switch (manner) {
            case ANSWER -> {
                out.write(answer);
                out.flush();
                return true;
            }
            case SILENT -> {
                return in.read() >= 0;
            }
            case FOREVER -> {
                out.write(answer);
                while (true) {
                    out.write(chunk);
                }
            }
            case DRIP -> {
                for (byte one : answer) {
                    out.write(one);
                    out.flush();
                    if (ends(drip)) {
                        return false;
                    }
                }
                return true;
            }
            default -> {
                return false;
            }
        }
    }

    /** Waits. @return whether the test is over */
    private boolean ends(Duration atMost) throws IOException {
        try {
            return closing.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n') {
                return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
            }
            line.write(c);
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        closing.countDown();
        open.close();
    }
}
