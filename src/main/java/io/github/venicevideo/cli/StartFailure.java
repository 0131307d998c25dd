package io.github.venicevideo.cli;

import io.github.venicevideo.api.InvalidSettingException;
import io.github.venicevideo.home.FileTroubles;
import io.github.venicevideo.ledger.store.LedgerException;
import java.nio.file.FileSystemException;
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
        return inWords(first.orElse(thrown));
    }

    /** What is said of a setting or of the ledger says it all; Camel wraps it. */
    static String inWords(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidSettingException || cause instanceof LedgerException) {
                return cause.getMessage();
            }
        }
        if (thrown instanceof FileSystemException file) {
            return file.getFile() + " cannot be used: " + FileTroubles.inWords(file) + ".";
        }
        return thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
    }
}
