package io.github.venicevideo;

import java.util.Optional;

/** Keeps the first reason for which the program could not start, since listeners of Camel Main must not throw it. */
final class StartFailure {

    /** Something that may fail. */
    interface Step {
        void run() throws Exception;
    }

    private Optional<Exception> first = Optional.empty();

    void run(Step step) {
        try {
            step.run();
        } catch (Exception e) {
            first = first.or(() -> Optional.of(e));
            throw e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e.getMessage(), e);
        }
    }

    /** The reason in words for people. */
    String sentence(Exception thrown) {
        Throwable cause = first.orElse(thrown);
        String message = cause.getMessage();
        return message == null ? cause.toString() : message;
    }
}
