package io.github.venicevideo.cli;

/** What was typed cannot be understood; the message is a sentence for people. The usage is shown with it. */
final class UsageException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }

    UsageException(String message, Throwable cause) {
        super(message, cause);
    }
}
