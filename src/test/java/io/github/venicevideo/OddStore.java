package io.github.venicevideo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a store and makes of checksums what some stores make of them. */
final class OddStore implements AutoCloseable {

    /** What it makes of them. */
    enum Habit {
        /** Answers 501 to any request with a SHA-256. */
        REFUSES,
        /** Answers 501 to any checksum, of the SDK's own choice too. */
        REFUSES_ALL,
        /** Tells of no checksum. */
        IGNORES,
        /** Tells of one that is nobody's, without the number of parts. */
        COMPOSES_OTHERWISE
    }

    private static final int MILLIS = 30_000;

    private final ServerSocket socket = new ServerSocket();
    private final int target;
    private final Habit habit;
    final AtomicInteger refused = new AtomicInteger();

    OddStore(int target, Habit habit) throws IOException {
        this.target = target;
        this.habit = habit;
        socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
        daemon(() -> {
            while (!socket.isClosed()) {
                Socket client = socket.accept();
                daemon(() -> serve(client));
            }
        });
    }

    int port() {
        return socket.getLocalPort();
    }

    private void serve(Socket client) throws IOException {
        try (client; Socket server = new Socket("127.0.0.1", target)) {
            client.setSoTimeout(MILLIS);
            server.setSoTimeout(MILLIS);
            String request = head(client.getInputStream());
            String lower = request.toLowerCase(Locale.ROOT);
            if (habit == Habit.REFUSES && lower.matches("(?s).*(checksum-sha256|checksum-algorithm: sha256).*")
                    || habit == Habit.REFUSES_ALL && !request.startsWith("HEAD") && !request.startsWith("GET")
                    && lower.matches("(?s).*x-amz-(checksum-(sha|crc|alg)|sdk-checksum|trailer).*")) {
                refused.incrementAndGet();
                client.getOutputStream().write(("HTTP/1.1 501 Not Implemented\r\nConnection: close\r\nContent-Type: application/xml\r\n"
                        + "Content-Length: 58\r\n\r\n<Error><Code>NotImplemented</Code><Message>no</Message></Error>")
                        .replace("Content-Length: 58", "Content-Length: 63").getBytes(StandardCharsets.ISO_8859_1));
                client.shutdownOutput();
                client.getInputStream().transferTo(OutputStream.nullOutputStream());
                return;
            }
            server.getOutputStream().write(closing(request));
            daemon(() -> client.getInputStream().transferTo(server.getOutputStream()));
            String answer = head(server.getInputStream());
            while (answer.startsWith("HTTP/1.1 100")) {
                client.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                answer = head(server.getInputStream());
            }
            client.getOutputStream().write(closing(told(answer)));
            server.getInputStream().transferTo(client.getOutputStream());
        }
    }

    private String told(String answer) {
        String without = answer.replaceAll("(?im)^x-amz-checksum-[^\\r\\n]*\\r\\n", "");
        return switch (habit) {
            case IGNORES -> without;
            case COMPOSES_OTHERWISE -> without.replaceFirst("\r\n\r\n$",
                    "\r\nx-amz-checksum-sha256: AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n\r\n");
            default -> answer;
        };
    }

    private static byte[] closing(String head) {
        return head.replaceAll("(?im)^connection:[^\\r\\n]*\\r\\n", "").replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int end = 0;
        for (int c = in.read(); c >= 0; c = in.read()) {
            head.write(c);
            end = c == '\r' || c == '\n' ? end + 1 : 0;
            if (end == 4) {
                return head.toString(StandardCharsets.ISO_8859_1);
            }
        }
        throw new IOException("closed");
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // The other side went away.
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }
}
