package io.github.venicevideo.sandbox.wire;

import java.nio.charset.StandardCharsets;

/** Looks for an ASCII text in bytes that come in chunks. */
final class MarkerScan {

    private final byte[] marker;
    private int matched;
    private boolean found;

    /** @param marker text whose first letter occurs in it only once */
    MarkerScan(String marker) {
        this.marker = marker.getBytes(StandardCharsets.US_ASCII);
    }

    void scan(byte[] chunk, int length) {
        for (int i = 0; i < length && !found; i++) {
            // After a mismatch only a new start can match, because the first letter occurs only once.
            matched = chunk[i] == marker[matched] ? matched + 1 : chunk[i] == marker[0] ? 1 : 0;
            found = matched == marker.length;
        }
    }

    boolean found() {
        return found;
    }
}
