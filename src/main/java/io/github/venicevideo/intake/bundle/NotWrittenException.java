package io.github.venicevideo.intake.bundle;

import java.io.IOException;

/** The work folder's disk took nothing more while a bundle was read: no fault of the bundle, which can be read again later. */
public final class NotWrittenException extends IOException {

    private static final long serialVersionUID = 1L;

    public NotWrittenException(IOException cause) {
        super("The work folder cannot be written: " + cause, cause);
    }
}
