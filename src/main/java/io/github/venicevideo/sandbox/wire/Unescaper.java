package io.github.venicevideo.sandbox.wire;

import java.io.IOException;
import java.io.OutputStream;

/** Writes the text of a JSON string without its escapes, as far as a data URL can hold them: others become a "?". */
final class Unescaper implements AutoCloseable {

    private final OutputStream out;
    private final byte[] buffer = new byte[64 * 1024];
    private final StringBuilder escape = new StringBuilder(6);
    private int filled;

    Unescaper(OutputStream out) {
        this.out = out;
    }

    boolean midEscape() {
        return escape.length() > 0;
    }

    void write(int b) throws IOException {
        if (escape.length() == 0 && b != '\\') {
            put(b);
            return;
        }
        escape.append((char) (b & 0xff));
        boolean unicode = escape.length() > 1 && escape.charAt(1) == 'u';
        if (escape.length() == (unicode ? 6 : 2)) {
            put(unicode ? codeUnit() : simple(escape.charAt(1)));
            escape.setLength(0);
        }
    }

    @Override
    public void close() throws IOException {
        out.write(buffer, 0, filled);
        out.close();
    }

    private void put(int b) throws IOException {
        if (filled == buffer.length) {
            out.write(buffer, 0, filled);
            filled = 0;
        }
        buffer[filled++] = (byte) b;
    }

    private int codeUnit() {
        try {
            int unit = Integer.parseInt(escape, 2, 6, 16);
            return unit < 0x80 ? unit : '?';
        } catch (NumberFormatException e) {
            return '?';
        }
    }

    private static int simple(char c) {
        return c == '/' || c == '"' || c == '\\' ? c : '?';
    }
}
