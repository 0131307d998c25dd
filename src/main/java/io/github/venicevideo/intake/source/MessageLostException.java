package io.github.venicevideo.intake.source;

import java.io.IOException;

/** A message can no longer be read from its broker; it is not held, since the broker brings it again. */
public final class MessageLostException extends IOException {

    private static final long serialVersionUID = 1L;

    MessageLostException(String reference, Throwable cause) {
        super("The message " + reference + " could not be read to its end", cause);
    }
}
