package io.github.venicevideo.venice;

import java.io.IOException;

/**
 * A medium in the job's work folder is not, or no longer, what the request recorded: its size, its digest or
 * its form differ. Nothing usable was sent (the body was left incomplete), and sending again cannot help.
 */
public final class MediaChangedException extends IOException {

    /** @param message names the file and the field, and says what is different */
    public MediaChangedException(String message) {
        super(message);
    }
}
