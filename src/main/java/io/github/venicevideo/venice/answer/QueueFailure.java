package io.github.venicevideo.venice.answer;

import io.github.venicevideo.venice.CleanText;
import io.github.venicevideo.venice.MediaChangedException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Optional;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;

/** What it means that {@code POST /video/queue}, or another call with a job's media, ended without an answer. */
public final class QueueFailure {

    private static final int DEEPEST_CAUSE = 20;

    private QueueFailure() {
    }

    /**
     * Judges it by the bytes that were written.
     *
     * @param failure what the call ended with
     * @param fullyWritten {@code QueueRequestEntity.fullyWritten()} of this attempt's body
     * @return {@link QueueOutcome.InDoubt}, {@link QueueOutcome.NotSent} or {@link MediaChanged}
     */
    public static QueueOutcome of(Throwable failure, boolean fullyWritten) {
        return (fullyWritten ? Optional.<MediaChanged>empty() : mediaChanged(failure)).<QueueOutcome>map(changed -> changed)
                .orElseGet(() -> fullyWritten && !neverConnected(failure) ? new QueueOutcome.InDoubt(0, describe(failure))
                        : new QueueOutcome.NotSent(describe(failure)));
    }

    /** Whether a call could not be made since the job's files are not what was recorded. */
    public static Optional<MediaChanged> mediaChanged(Throwable failure) {
        return Optional.ofNullable(find(failure, MediaChangedException.class))
                .map(changed -> new MediaChanged(changed.getMessage()));
    }

    /** Only what the connecting itself throws. A TLS failure is judged by the bytes: TLS 1.3 may report one after them. */
    private static boolean neverConnected(Throwable failure) {
        return find(failure, ConnectException.class) != null
                || find(failure, ConnectTimeoutException.class) != null
                || find(failure, ConnectionRequestTimeoutException.class) != null
                || find(failure, UnknownHostException.class) != null;
    }

    private static <T extends Throwable> T find(Throwable failure, Class<T> type) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++, cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    private static String describe(Throwable failure) {
        Throwable root = failure;
        for (int depth = 0; root.getCause() != null && depth < DEEPEST_CAUSE; depth++) {
            root = root.getCause();
        }
        String message = CleanText.of(root.getMessage(), 500);
        return message.isEmpty() ? root.getClass().getSimpleName() : root.getClass().getSimpleName() + ": " + message;
    }
}
