package io.github.venicevideo.s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A part of a file, as one part of an upload. */
final class FileSlice extends InputStream {

    private final FileChannel channel;
    private long left;

    /**
     * @param from the first byte of the part
     * @param length how many bytes it has
     */
    FileSlice(Path file, long from, long length) throws IOException {
        this.channel = FileChannel.open(file);
        this.left = length;
        channel.position(from);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
        int read = left == 0 ? -1 : channel.read(ByteBuffer.wrap(bytes, offset, (int) Math.min(count, left)));
        left -= Math.max(read, 0);
        return read;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
