package io.github.venicevideo.ledger;

/** What a person answered cannot be used; the message says what is wrong, what is allowed, and what to do. */
public final class AnswerRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    public AnswerRefusedException(String message) {
        super(message);
    }

    public AnswerRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
