package io.github.venicevideo.sandbox.wire;

import java.io.IOException;
import java.io.InputStream;

/** Reads bytes one by one without a lock for each, which is what tens of megabytes of base64 want. */
final class ByteSource {

    private final InputStream in;
    private final byte[] buffer = new byte[64 * 1024];
    private int at;
    private int end;

    ByteSource(InputStream in) {
        this.in = in;
    }

    /** @return the next byte, 0..255; -1 at the end */
    int read() throws IOException {
        if (at == end) {
            end = in.read(buffer);
            at = 0;
            if (end <= 0) {
                end = 0;
                return -1;
            }
        }
        return buffer[at++] & 0xff;
    }
}
