package io.github.venicevideo.venice;

import java.io.IOException;

/**
 * A medium in the job's work folder is not, or no longer, what the request recorded: its size, its digest or
 * its form differ. Nothing usable was sent (the body was left incomplete), and sending again cannot help.
 */
public final class MediaChangedException extends IOException {

    MediaChangedException(String message) {
        super(message);
    }
}
