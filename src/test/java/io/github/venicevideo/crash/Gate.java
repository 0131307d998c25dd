package io.github.venicevideo.crash;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A port in front of another that lets so many bytes through, and then holds whatever comes until it is opened. */
final class Gate implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final CountDownLatch held = new CountDownLatch(1);
    private final AtomicLong passed = new AtomicLong();
    private final int target;
    private volatile long limit;

    Gate(int target, long limit) throws IOException {
        this.target = target;
        this.limit = limit;
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Waits until it holds something. */
    void awaitHeld(Duration atMost) throws InterruptedException {
        if (!held.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("Only " + passed + " bytes came");
        }
    }

    /** Drops what it holds, and lets everything through from now on. */
    void open() {
        limit = Long.MAX_VALUE;
        sockets.forEach(Gate::close);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(client);
                sockets.add(upstream);
                threads.execute(() -> pump(client, upstream, true));
                threads.execute(() -> pump(upstream, client, false));
            }
        } catch (IOException e) {
            sockets.forEach(Gate::close);
        }
    }

    private void pump(Socket from, Socket to, boolean counted) {
        byte[] buffer = new byte[8192];
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (counted && passed.addAndGet(read) > limit) {
                    held.countDown();
                    in.skip(Long.MAX_VALUE);
                    return;
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // one of the two has gone; both are closed
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        sockets.forEach(Gate::close);
        threads.shutdownNow();
    }
}
