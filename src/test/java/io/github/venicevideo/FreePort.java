package io.github.venicevideo;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for a server that goes away and comes back: from below the range that systems give out by themselves, so that
 * nobody has it meanwhile.
 */
public final class FreePort {

    private static final int FIRST = 10_000;
    private static final int LAST = 20_000;

    private FreePort() {
    }

    public static int take() throws IOException {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (BindException taken) {
                // another one, then
            }
        }
    }
}
