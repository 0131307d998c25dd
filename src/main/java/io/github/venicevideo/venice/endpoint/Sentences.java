package io.github.venicevideo.venice.endpoint;

import io.github.venicevideo.venice.CleanText;

/** Turns a failure into one sentence for logs and histories. */
public final class Sentences {

    private static final int LONGEST = 300;
    private static final int DEEPEST_CAUSE = 20;

    private Sentences() {
    }

    /** The deepest message that there is, as one line. */
    public static String of(Throwable failure) {
        return CleanText.of(deepest(failure), LONGEST);
    }

    /** The same of a failure with an endpoint, without the credentials that its URI holds. */
    public static String of(Throwable failure, String uri) {
        // Before it is cut: half a secret would not be found any longer.
        return CleanText.of(Secrets.hide(deepest(failure), uri), LONGEST);
    }

    private static String deepest(Throwable failure) {
        String text = failure.getClass().getSimpleName();
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++, cause = cause.getCause()) {
            if (cause.getMessage() != null && !cause.getMessage().isBlank()) {
                text = cause.getMessage();
            }
        }
        return text;
    }
}
