package io.github.venicevideo.venice.answer;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.io.EofSensorInputStream;

/** What to know about the body of an answer that camel-http hands over as a stream. */
public final class ResponseStreams {

    private ResponseStreams() {
    }

    /**
     * Ends a body that is not wanted to its end, by dropping its connection.
     * Closing it instead would first read all the rest, however long the server goes on.
     */
    public static void abort(InputStream body) {
        try {
            if (body instanceof EofSensorInputStream connected) {
                connected.abort();
            } else if (body instanceof FirstBytes looked) {
                abort(looked.underneath());
            } else if (body != null) {
                body.close();
            }
        } catch (IOException e) {
            // the connection is gone, which is what was wanted
        }
    }
}
