package io.github.venicevideo.venice.client;

import io.github.venicevideo.venice.request.QueueRequestEntity;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpException;

/**
 * Ends calls that do not get on, which no timeout of the client's does: an upload to a server that has stopped reading,
 * the head of an answer that comes drop by drop, and one that never ends. The connection is closed, and the call fails as if
 * the network had.
 */
final class StalledCalls implements ExecChainHandler {

    /** Slower than that, an upload does not end within what any provider waits for. */
    private static final long LEAST_BYTES_PER_SECOND = 10_000;
    private static final int LOOKS_PER_PATIENCE = 4;
    private static final Duration LONGEST_LOOK = Duration.ofMillis(250);
    /** Hundreds of times what a head needs, with all that comes before it. */
    private static final long LONGEST_HEAD = 1_000_000;
    /** The client's own: for so long it waits to be told to go on with the body. */
    private static final Duration CONTINUE = Duration.ofSeconds(3);

    private final Duration patience;
    private final ScheduledThreadPoolExecutor timer;

    /** @param patience the longest time without a byte of the body, and from its last byte to the end of the answer's head */
    StalledCalls(Duration patience) {
        this.patience = patience;
        this.timer = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "venice-stalled-calls");
            thread.setDaemon(true);
            return thread;
        });
        // No thread while there is no call: nobody has to stop it.
        timer.setKeepAliveTime(1, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setRemoveOnCancelPolicy(true);
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        if (!(scope.originalRequest instanceof Cancellable call)) {
            return chain.proceed(request, scope);
        }
        Progress progress = new Progress(scope);
        long look = Math.max(1, Math.min(LONGEST_LOOK.toMillis(), patience.toMillis() / LOOKS_PER_PATIENCE));
        var looking = timer.scheduleWithFixedDelay(() -> {
            if (progress.isEndless() || progress.hasStalled(System.nanoTime())) {
                call.cancel();
            }
        }, look, look, TimeUnit.MILLISECONDS);
        try {
            return chain.proceed(request, scope);
        } finally {
            looking.cancel(false);
        }
    }

    /** How far one call has come. */
    private final class Progress {

        private final ExecChain.Scope scope;
        private final QueueRequestEntity body;
        private final long begun = System.nanoTime();
        private boolean connected;
        private long bytes;
        private long movedAt = begun;
        /** Of the connection, which may have served other calls before. */
        private long receivedBefore = -1;

        Progress(ExecChain.Scope scope) {
            this.scope = scope;
            this.body = scope.originalRequest.getEntity() instanceof QueueRequestEntity queued ? queued : null;
        }

        /** Connecting has limits of its own; they come on top until there is a connection. */
        boolean hasStalled(long now) {
            long written = body == null ? 0 : body.bytesWritten();
            if (written != bytes || !connected && scope.execRuntime.isEndpointConnected()) {
                connected = true;
                bytes = written;
                movedAt = now;
            }
            Duration allowed = connected ? patience : patience.plus(VeniceClientConfigurer.LONGEST_CONNECT);
            boolean slow = body != null && !body.fullyWritten() && written > 0 && now - begun > allowed.plusSeconds(
                    body.getContentLength() / LEAST_BYTES_PER_SECOND).toNanos();
            Duration asking = body != null && written == 0 ? CONTINUE : Duration.ZERO;
            return slow || now - movedAt > allowed.plus(asking).toNanos() + patience.toNanos() / LOOKS_PER_PATIENCE;
        }

        /** Whether more has come than any head is long. */
        boolean isEndless() {
            EndpointDetails details = scope.clientContext.getEndpointDetails();
            if (details == null) {
                return false;
            }
            long received = details.getReceivedBytesCount();
            if (receivedBefore < 0) {
                receivedBefore = received;
            }
            return received - receivedBefore > LONGEST_HEAD;
        }
    }
}
