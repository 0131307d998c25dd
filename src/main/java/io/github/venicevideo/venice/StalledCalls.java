package io.github.venicevideo.venice;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

/**
 * Ends calls that do not get on, which no timeout of the client's does: an upload to a server that has stopped reading,
 * and the head of an answer that comes drop by drop. The connection is closed, and the call fails as if the network had.
 */
final class StalledCalls implements ExecChainHandler {

    /** Slower than that, an upload does not end within what any provider waits for. */
    private static final long LEAST_BYTES_PER_SECOND = 10_000;
    private static final int LOOKS_PER_PATIENCE = 4;

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
        Progress progress = new Progress(scope.originalRequest.getEntity() instanceof QueueRequestEntity body ? body : null);
        long look = Math.max(1, patience.toMillis() / LOOKS_PER_PATIENCE);
        var looking = timer.scheduleWithFixedDelay(() -> {
            if (progress.hasStalled(System.nanoTime())) {
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

        private final QueueRequestEntity body;
        private final long begun = System.nanoTime();
        private long bytes = -1;
        private long movedAt = begun;

        Progress(QueueRequestEntity body) {
            this.body = body;
        }

        /** Connecting has limits of its own; they come on top while nothing is written. */
        boolean hasStalled(long now) {
            long written = body == null ? 0 : body.bytesWritten();
            if (written != bytes) {
                bytes = written;
                movedAt = now;
            }
            Duration allowed = written == 0 ? patience.plus(VeniceClientConfigurer.LONGEST_CONNECT) : patience;
            boolean slow = body != null && !body.fullyWritten() && written > 0 && now - begun > allowed.plusSeconds(
                    body.getContentLength() / LEAST_BYTES_PER_SECOND).toNanos();
            return slow || now - movedAt > allowed.toNanos() + patience.toNanos() / LOOKS_PER_PATIENCE;
        }
    }
}
