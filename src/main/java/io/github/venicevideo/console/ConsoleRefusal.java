package io.github.venicevideo.console;

/** A call that the console does not take; the message goes to the caller. */
public final class ConsoleRefusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    /** @param status the HTTP status, 4xx */
    public ConsoleRefusal(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
