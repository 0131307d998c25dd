package io.github.venicevideo.poll;

import io.github.venicevideo.poll.BoxReader.Box;
import io.github.venicevideo.poll.BoxReader.BrokenException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Adds up how many bytes a track's samples take, from its {@code stsz} box, in constant memory. */
final class SampleSizes {

    private static final int CHUNK = 64 * 1024;
    /** More than any file has: adding up as many of these as there can be tracks does not overflow. */
    private static final long MOST = 1L << 45;

    private SampleSizes() {
    }

    /** @param stbl the sample table, or null: a track without one has no samples */
    static long bytes(FileChannel file, Box stbl) throws IOException, BrokenException {
        Box stsz = stbl == null ? null : new BoxReader(file, stbl.start(), stbl.end()).find("stsz");
        if (stsz == null) {
            return 0;
        }
        BoxReader reader = new BoxReader(file, stsz.start(), stsz.end());
        if (stsz.length() < 12) {
            throw new BrokenException("Its stsz box is too short.");
        }
        ByteBuffer header = reader.read(stsz.start(), 12);
        long same = Integer.toUnsignedLong(header.getInt(4));
        long count = Integer.toUnsignedLong(header.getInt(8));
        if (same > 0) {
            return count > MOST / same ? MOST : same * count;
        }
        if (count * 4 > stsz.length() - 12) {
            throw new BrokenException("Its stsz box is too short.");
        }
        long sum = 0;
        for (long read = 0; read < count * 4; ) {
            int length = (int) Math.min(CHUNK, count * 4 - read);
            ByteBuffer sizes = reader.read(stsz.start() + 12 + read, length);
            while (sizes.hasRemaining()) {
                sum += Integer.toUnsignedLong(sizes.getInt());
            }
            read += length;
        }
        return Math.min(sum, MOST);
    }
}
