package io.github.venicevideo.sandbox.call;

import java.io.IOException;

/** Thrown through the HTTP server to make it close the connection here and now. */
public final class DroppedConnection extends IOException {

    public DroppedConnection(String why) {
        super(why);
    }
}
