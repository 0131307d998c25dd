package io.github.venicevideo.venice.request;

import io.github.venicevideo.venice.CleanText;
import java.net.ConnectException;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;

/**
 * What it means that {@code POST /video/queue} ended without an answer.
 *
 * @param kind what may be done now
 * @param message what happened, one line
 */
public record QueueFailure(Kind kind, String message) {

    /** What may be done after a call without an answer. */
    public enum Kind {
        /** The server can't have accepted it: sending again is safe. */
        NOT_SENT("not-sent"),
        /** Nothing usable was sent, and another try would end the same way: the job's files are not what was recorded. */
        MEDIA_CHANGED("media-changed"),
        /** All of it was handed over: it may have been accepted and charged. */
        IN_DOUBT("in-doubt");

        private final String key;

        Kind(String key) {
            this.key = key;
        }
    }

    private static final int DEEPEST_CAUSE = 20;

    /**
     * @param failure what the call ended with
     * @param fullyWritten {@link QueueRequestEntity#fullyWritten()} of this attempt's body
     */
    public static QueueFailure of(Throwable failure, boolean fullyWritten) {
        if (!fullyWritten && find(failure, MediaChangedException.class) != null) {
            return new QueueFailure(Kind.MEDIA_CHANGED, find(failure, MediaChangedException.class).getMessage());
        }
        Kind kind = fullyWritten && !neverConnected(failure) ? Kind.IN_DOUBT : Kind.NOT_SENT;
        return new QueueFailure(kind, describe(failure));
    }

    /** The name that a route's {@code choice} compares with: {@code not-sent}, {@code media-changed}, {@code in-doubt}. */
    public String key() {
        return kind.key;
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
