package io.github.venicevideo.intake;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads from a zip's central directory the one thing the JDK keeps to itself: which entries are symbolic links.
 * Unpacked as files they would put their target's path where a text was meant.
 */
final class ZipDirectory {

    private static final int END_SIGNATURE = 0x06054b50;
    private static final int ENTRY_SIGNATURE = 0x02014b50;
    private static final int END_SIZE = 22;
    private static final int LONGEST_COMMENT = 65_535;
    private static final int LONGEST_DIRECTORY = 16 * 1024 * 1024;

    private ZipDirectory() {
    }

    /** Positions, in the order of the directory, of the entries that are links. */
    static Set<Integer> links(Path zip) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(zip.toFile(), "r")) {
            int tailSize = (int) Math.min(file.length(), END_SIZE + LONGEST_COMMENT);
            ByteBuffer tail = read(file, file.length() - tailSize, tailSize);
            for (int at = tailSize - END_SIZE; at >= 0; at--) {
                if (tail.getInt(at) == END_SIGNATURE) {
                    long size = Integer.toUnsignedLong(tail.getInt(at + 12));
                    long start = Integer.toUnsignedLong(tail.getInt(at + 16));
                    return size > LONGEST_DIRECTORY || start + size > file.length()
                            ? Set.of()
                            : linksIn(read(file, start, (int) size));
                }
            }
            return Set.of();
        }
    }

    private static Set<Integer> linksIn(ByteBuffer directory) {
        Set<Integer> links = new HashSet<>();
        int at = 0;
        for (int index = 0; at + 46 <= directory.limit() && directory.getInt(at) == ENTRY_SIGNATURE; index++) {
            int unixMode = directory.getInt(at + 38) >>> 16;
            if ((unixMode & 0170000) == 0120000) {
                links.add(index);
            }
            at += 46 + Short.toUnsignedInt(directory.getShort(at + 28)) + Short.toUnsignedInt(directory.getShort(at + 30))
                    + Short.toUnsignedInt(directory.getShort(at + 32));
        }
        return links;
    }

    private static ByteBuffer read(RandomAccessFile file, long from, int size) throws IOException {
        byte[] bytes = new byte[size];
        file.seek(from);
        file.readFully(bytes);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
