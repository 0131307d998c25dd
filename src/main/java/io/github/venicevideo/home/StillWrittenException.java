package io.github.venicevideo.home;

import java.io.IOException;

/** Somebody still writes to what is being taken over: it is waited for, since half of it would be another video. */
public final class StillWrittenException extends IOException {

    private static final long serialVersionUID = 1L;

    StillWrittenException(String file) {
        super(ShownNames.of(file) + " is still being written");
    }
}
