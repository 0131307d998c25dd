package io.github.venicevideo.intake;

import java.util.Optional;

/** Turns a failure into one sentence for the log. */
final class Sentences {

    private static final int LONGEST = 300;

    private Sentences() {
    }

    /** The first line of the deepest message that there is. */
    static String of(Throwable failure) {
        Throwable deepest = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null && !cause.getMessage().isBlank()) {
                deepest = cause;
            }
        }
        String text = Optional.ofNullable(deepest.getMessage()).flatMap(message -> message.lines().findFirst())
                .orElse(deepest.getClass().getSimpleName());
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
