package io.github.venicevideo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stands between the program and the sandbox and harms one connection on demand, at a given byte of the request or of the
 * answer: what a network does, below what HTTP can say.
 */
final class TcpProxy implements AutoCloseable {

    /** What happens to the connection. */
    enum Harm {
        /** Both sides are reset. */
        RESET,
        /** Nothing goes on, either way, until the client ends it. */
        STALL,
        /** The client is told that the server will send no more; the server hears nothing more either. */
        HALF_CLOSE
    }

    /** Which bytes are counted. */
    enum Way { REQUEST, ANSWER }

    /**
     * Something that goes wrong once.
     *
     * @param path what the request's first line has to hold
     * @param afterBytes so many bytes of that way still pass
     */
    record Toxic(String path, Way way, long afterBytes, Harm harm) {
    }

    private static final int SMALL = 8 * 1024;
    private static final int LINE = 200;

    private final ServerSocket socket = new ServerSocket();
    private final InetSocketAddress target;
    private final Connections connections;
    private final AtomicReference<Toxic> armed = new AtomicReference<>();
    private volatile CountDownLatch struck = new CountDownLatch(1);

    TcpProxy(int targetPort) throws IOException {
        target = new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort);
        // So small that an upload which nobody reads cannot hide in a buffer.
        socket.setReceiveBufferSize(SMALL);
        socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
        connections = Connections.to(socket, this::serve);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Harms the next connection that carries a request for that path. */
    void arm(Toxic toxic) {
        struck = new CountDownLatch(1);
        armed.set(toxic);
    }

    /** Whether the harm has been done. */
    boolean hasStruck() {
        return struck.getCount() == 0;
    }

    private void serve(Socket client) throws IOException {
        byte[] buffer = new byte[SMALL];
        int count = client.getInputStream().read(buffer);
        if (count < 0) {
            client.close();
            return;
        }
        Socket server = connections.keep(new Socket());
        server.connect(target);
        Valve valve = new Valve(client, server);
        connections.run(() -> valve.pump(server.getInputStream(), client.getOutputStream(), Way.ANSWER, new byte[0], 0));
        valve.pump(client.getInputStream(), server.getOutputStream(), Way.REQUEST, buffer, count);
    }

    /** One connection. */
    private final class Valve {

        private final Socket client;
        private final Socket server;
        private final AtomicLong passed = new AtomicLong();
        private volatile Toxic toxic;
        private volatile boolean shut;

        Valve(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        /** A connection may carry more than one request; the bytes are counted from the one that is meant. */
        private void look(byte[] buffer, int count) {
            Toxic next = armed.get();
            String first = new String(buffer, 0, Math.min(count, LINE), StandardCharsets.ISO_8859_1).lines().findFirst()
                    .orElse("");
            if (next != null && first.startsWith("POST ") && first.contains(next.path())
                    && armed.compareAndSet(next, null)) {
                passed.set(0);
                toxic = next;
            }
        }

        void pump(InputStream in, OutputStream out, Way way, byte[] begun, int length) throws IOException {
            byte[] buffer = new byte[SMALL];
            try {
                System.arraycopy(begun, 0, buffer, 0, length);
                for (int count = length > 0 ? length : in.read(buffer); count >= 0 && !shut; count = in.read(buffer)) {
                    if (way == Way.REQUEST && toxic == null) {
                        look(buffer, count);
                    }
                    Toxic now = toxic;
                    boolean counted = now != null && now.way() == way;
                    boolean strikes = counted && passed.get() + count > now.afterBytes();
                    int some = strikes ? (int) (now.afterBytes() - passed.get()) : count;
                    out.write(buffer, 0, some);
                    out.flush();
                    if (counted) {
                        passed.addAndGet(some);
                    }
                    if (strikes) {
                        harm();
                        return;
                    }
                }
                if (!shut) {
                    (way == Way.REQUEST ? server : client).shutdownOutput();
                }
            } catch (IOException e) {
                // One side is gone: so is the other.
                if (!shut) {
                    client.close();
                    server.close();
                }
            }
        }

        private void harm() throws IOException {
            shut = true;
            switch (toxic.harm()) {
                case RESET -> {
                    client.setSoLinger(true, 0);
                    server.setSoLinger(true, 0);
                    client.close();
                    server.close();
                }
                case HALF_CLOSE -> client.shutdownOutput();
                case STALL -> { }
            }
            struck.countDown();
        }
    }

    @Override
    public void close() throws IOException {
        connections.close();
    }
}
