package io.github.venicevideo.sandbox.wire;

import java.io.IOException;
import java.net.Socket;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.io.CloseMode;

/**
 * A connection that, when it is dropped, still delivers what was written before: the server's own abortive close would
 * take back bytes that a client is meant to see.
 */
final class SandboxConnection extends DefaultBHttpServerConnection {

    private volatile Socket socket;

    SandboxConnection() {
        super("http", Http1Config.DEFAULT);
    }

    @Override
    public void bind(Socket accepted) throws IOException {
        socket = accepted;
        super.bind(accepted);
    }

    @Override
    public void close(CloseMode mode) {
        Socket bound = socket;
        if (bound != null && !bound.isClosed()) {
            try {
                bound.shutdownOutput();
            } catch (IOException alreadyGone) {
                // closed below in any case
            }
        }
        super.close(CloseMode.GRACEFUL);
    }
}
