package io.github.venicevideo;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Sockets that a test serves by hand: each on a thread of its own that ends with the test, all of them closed with it. */
public final class Connections implements AutoCloseable {

    /** What is done with a connection; an exception is its end. */
    public interface Handler {
        void serve(Socket client) throws IOException;
    }

    /** Something that is done on a thread of its own; an exception is its end. */
    public interface Work {
        void run() throws IOException;
    }

    private final ServerSocket socket;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private Connections(ServerSocket socket) {
        this.socket = socket;
    }

    /** Serves whoever connects, from now on. */
    public static Connections to(ServerSocket socket, Handler handler) {
        Connections connections = new Connections(socket);
        connections.run(() -> connections.accept(handler));
        return connections;
    }

    /** A socket that is closed with the others. */
    public Socket keep(Socket one) {
        open.add(one);
        return one;
    }

    public void run(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // a side, or the test, has ended the connection
            }
        }, "connections");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept(Handler handler) throws IOException {
        while (true) {
            Socket client = keep(socket.accept());
            run(() -> handler.serve(client));
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket one : open) {
            one.close();
        }
    }
}
