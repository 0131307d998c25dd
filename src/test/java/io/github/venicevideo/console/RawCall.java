package io.github.venicevideo.console;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A call whose every header the test chooses, the {@code Host} among them. */
final class RawCall {

    private static final int PATIENCE_MILLIS = 60_000;

    private RawCall() {
    }

    /** @param request with newlines for line ends; it must ask for the connection to be closed */
    static String to(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
