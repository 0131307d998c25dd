package io.github.venicevideo.intake.media;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Input that breaks off where there is more of it than there may be, whatever its length was said to be. */
public final class BoundedInput extends FilterInputStream {

    private long left;

    /** @param most bytes that are given out */
    public BoundedInput(InputStream in, long most) {
        super(in);
        this.left = most;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int count = super.read(bytes, from, length);
        left -= Math.max(0, count);
        if (left < 0) {
            throw new TooLongException();
        }
        return count;
    }

    @Override
    public long skip(long bytes) throws IOException {
        // Only what was read is counted.
        return bytes <= 0 ? 0 : Math.max(0, read(new byte[(int) Math.min(bytes, 8192)]));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** There is more than there may be. */
    public static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
