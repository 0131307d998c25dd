package io.github.venicevideo.intake;

/** What an earlier program placed is being taken up by another thread: once it is recorded, its reference leads to its job. */
final class TakenUpException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    TakenUpException(String reference) {
        super("The call with the reference " + reference + " is being taken up after a restart. Call again.");
    }
}
