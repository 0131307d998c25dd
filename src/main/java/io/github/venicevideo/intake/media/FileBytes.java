package io.github.venicevideo.intake.media;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bytes of a file by their position, read in pieces: walking through one takes no more memory than that. */
final class FileBytes implements AutoCloseable {

    private static final int PIECE = 65_536;

    private final SeekableByteChannel in;
    private final long length;
    private final ByteBuffer piece = ByteBuffer.allocate(PIECE);
    private long from;

    private FileBytes(SeekableByteChannel in) throws IOException {
        this.in = in;
        this.length = in.size();
        piece.limit(0);
    }

    static FileBytes of(Path file) throws IOException {
        // Not as a File: where the platform's charset cannot spell a name, only its Path leads to it.
        return new FileBytes(Files.newByteChannel(file));
    }

    long length() {
        return length;
    }

    /**
     * One byte, 0 to 255.
     *
     * @throws EOFException when the file does not reach there
     */
    int at(long position) throws IOException {
        if (position < 0 || position >= length) {
            throw new EOFException();
        }
        if (position < from || position >= from + piece.limit()) {
            load(position);
        }
        return piece.get((int) (position - from)) & 0xff;
    }

    /** A number of up to eight bytes, the highest first. */
    long bigEndian(long position, int bytes) throws IOException {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | at(position + i);
        }
        return value;
    }

    /** A number of up to eight bytes, the lowest first. */
    long littleEndian(long position, int bytes) throws IOException {
        long value = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            value = value << 8 | at(position + i);
        }
        return value;
    }

    /** Whether these characters stand there. */
    boolean says(long position, String ascii) throws IOException {
        if (position < 0 || position + ascii.length() > length) {
            return false;
        }
        byte[] found = new byte[ascii.length()];
        for (int i = 0; i < found.length; i++) {
            found[i] = (byte) at(position + i);
        }
        return new String(found, StandardCharsets.ISO_8859_1).equals(ascii);
    }

    private void load(long position) throws IOException {
        in.position(position);
        from = position;
        piece.clear();
        while (piece.hasRemaining() && in.read(piece) >= 0) {
            continue;
        }
        piece.flip();
        if (piece.limit() == 0) {
            // Somebody made it shorter meanwhile.
            throw new EOFException();
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
