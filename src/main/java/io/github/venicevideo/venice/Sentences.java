package io.github.venicevideo.venice;

/** Turns a failure into one sentence for logs and histories. */
public final class Sentences {

    private static final int LONGEST = 300;
    private static final int DEEPEST_CAUSE = 20;

    private Sentences() {
    }

    /** The deepest message that there is, as one line. */
    public static String of(Throwable failure) {
        String text = failure.getClass().getSimpleName();
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++, cause = cause.getCause()) {
            if (cause.getMessage() != null && !cause.getMessage().isBlank()) {
                text = cause.getMessage();
            }
        }
        return CleanText.of(text, LONGEST);
    }
}
