package io.github.venicevideo.intake;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * What a zip's central directory tells before the JDK opens it: whether it is too long to be held, and the one thing that the
 * JDK keeps to itself, which entries are symbolic links. Unpacked as files they would put their target's path where a text
 * was meant.
 *
 * @param isTooLong whether it has more entries than a bundle has files, or names of many megabytes
 * @param links positions, in the order of the directory, of the entries that are links; empty where it is too long
 */
record ZipDirectory(boolean isTooLong, Set<Integer> links) {

    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END64_SIGNATURE = 0x06064b50;
    private static final int LOCATOR_SIGNATURE = 0x07064b50;
    private static final int ENTRY_SIGNATURE = 0x02014b50;
    private static final int ENTRY_SIZE = 46;
    private static final int END_SIZE = 22;
    private static final int END64_SIZE = 56;
    private static final int LOCATOR_SIZE = 20;
    private static final int LONGEST_COMMENT = 65_535;
    private static final int LONGEST_DIRECTORY = 4 * 1024 * 1024;
    /** A zip may hold folders beside its files. */
    private static final int ENTRIES_PER_FILE = 3;

    /**
     * Reads the directory, within bounds. Where several ends could be meant, the longest directory that one of them tells of
     * decides whether it is too long.
     *
     * @param files most files that the zip may hold
     */
    static ZipDirectory of(Path zip, int files) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(zip.toFile(), "r")) {
            int tailSize = (int) Math.min(file.length(), END64_SIZE + LOCATOR_SIZE + END_SIZE + LONGEST_COMMENT);
            ByteBuffer tail = read(file, file.length() - tailSize, tailSize);
            Set<Integer> links = Set.of();
            boolean first = true;
            for (int at = tailSize - END_SIZE; at >= 0; at--) {
                if (tail.getInt(at) == END_SIGNATURE) {
                    End end = end(file, tail, at);
                    if (end.isBeyond((long) files * ENTRIES_PER_FILE, LONGEST_DIRECTORY)) {
                        return new ZipDirectory(true, Set.of());
                    }
                    if (first && end.start >= 0 && end.start + end.size <= file.length()) {
                        links = links(read(file, end.start, (int) end.size));
                        first = false;
                    }
                }
            }
            return new ZipDirectory(false, links);
        }
    }

    /** What stands at the end of a zip, or, where that has no room for it, before it. */
    private static End end(RandomAccessFile file, ByteBuffer tail, int at) throws IOException {
        End end = new End(Short.toUnsignedLong(tail.getShort(at + 10)), Integer.toUnsignedLong(tail.getInt(at + 12)),
                Integer.toUnsignedLong(tail.getInt(at + 16)));
        if (at < LOCATOR_SIZE || tail.getInt(at - LOCATOR_SIZE) != LOCATOR_SIGNATURE) {
            return end;
        }
        long start = tail.getLong(at - LOCATOR_SIZE + 8);
        if (start < 0 || start + END64_SIZE > file.length()) {
            return end;
        }
        ByteBuffer end64 = read(file, start, END64_SIZE);
        return end64.getInt(0) == END64_SIGNATURE ? new End(end64.getLong(32), end64.getLong(40), end64.getLong(48)) : end;
    }

    private static Set<Integer> links(ByteBuffer directory) {
        Set<Integer> links = new HashSet<>();
        int at = 0;
        for (int index = 0; at + ENTRY_SIZE <= directory.limit() && directory.getInt(at) == ENTRY_SIGNATURE; index++) {
            int unixMode = directory.getInt(at + 38) >>> 16;
            if ((unixMode & 0170000) == 0120000) {
                links.add(index);
            }
            at += ENTRY_SIZE + Short.toUnsignedInt(directory.getShort(at + 28)) + Short.toUnsignedInt(directory.getShort(at + 30))
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

    /** Unsigned numbers, of which those below zero are the largest. */
    private record End(long entries, long size, long start) {

        boolean isBeyond(long mostEntries, long longest) {
            return entries < 0 || entries > mostEntries || size < 0 || size > longest;
        }
    }
}
