package io.github.venicevideo.intake;

/** A bundle is being taken up by another thread, no trouble at all: once it is recorded, its reference leads to its job. */
public final class TakenUpException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    TakenUpException(String message) {
        super(message);
    }
}
