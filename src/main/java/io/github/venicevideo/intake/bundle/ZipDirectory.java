package io.github.venicevideo.intake.bundle;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * What a zip's central directory tells before the JDK opens it: whether it is too long to be held, and what the JDK keeps to
 * itself of each entry. Links, unpacked as files, would put their target's path where a text was meant.
 *
 * @param isTooLong whether it has more entries than a bundle has files, or names of many megabytes
 * @param entries in the order of the directory; none where it is too long
 */
record ZipDirectory(boolean isTooLong, List<Entry> entries) {

    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END64_SIGNATURE = 0x06064b50;
    private static final int LOCATOR_SIGNATURE = 0x07064b50;
    private static final int ENTRY_SIGNATURE = 0x02014b50;
    private static final int ENTRY_SIZE = 46;
    private static final int UNICODE_PATH = 0x7075;
    private static final int UTF8 = 0x800;
    private static final int ENCRYPTED = 1;
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
            List<Entry> entries = List.of();
            boolean first = true;
            for (int at = tailSize - END_SIZE; at >= 0; at--) {
                if (tail.getInt(at) == END_SIGNATURE) {
                    End end = end(file, tail, at, file.length() - tailSize + at);
                    if (end.isBeyond((long) files * ENTRIES_PER_FILE, LONGEST_DIRECTORY)) {
                        return new ZipDirectory(true, List.of());
                    }
                    if (first && end.start >= 0 && end.start + end.size <= file.length()) {
                        entries = entries(read(file, end.start, (int) end.size));
                        first = false;
                    }
                }
            }
            return new ZipDirectory(false, entries);
        }
    }

    /** What stands at the end of a zip, or, where that has no room for it, before it. */
    private static End end(RandomAccessFile file, ByteBuffer tail, int at, long position) throws IOException {
        long size = Integer.toUnsignedLong(tail.getInt(at + 12));
        // Right before its end, wherever it says that it is: something may have been put before the whole.
        End end = new End(Short.toUnsignedLong(tail.getShort(at + 10)), size, position - size);
        if (at < LOCATOR_SIZE || tail.getInt(at - LOCATOR_SIZE) != LOCATOR_SIGNATURE) {
            return end;
        }
        long start = tail.getLong(at - LOCATOR_SIZE + 8);
        if (start < 0 || start + END64_SIZE > file.length()) {
            return end;
        }
        ByteBuffer end64 = read(file, start, END64_SIZE);
        return end64.getInt(0) == END64_SIGNATURE ? new End(end64.getLong(32), end64.getLong(40), start - end64.getLong(40)) : end;
    }

    private static List<Entry> entries(ByteBuffer directory) {
        List<Entry> entries = new ArrayList<>();
        int at = 0;
        while (at + ENTRY_SIZE <= directory.limit() && directory.getInt(at) == ENTRY_SIGNATURE) {
            int name = Short.toUnsignedInt(directory.getShort(at + 28));
            int extra = Short.toUnsignedInt(directory.getShort(at + 30));
            int comment = Short.toUnsignedInt(directory.getShort(at + 32));
            int next = at + ENTRY_SIZE + name + extra + comment;
            if (next > directory.limit()) {
                return entries;
            }
            byte[] raw = Arrays.copyOfRange(directory.array(), at + ENTRY_SIZE, at + ENTRY_SIZE + name);
            int flags = directory.getShort(at + 8);
            entries.add(new Entry(raw, (flags & UTF8) != 0 ? Optional.of(new String(raw, StandardCharsets.UTF_8))
                    : unicode(directory.slice(at + ENTRY_SIZE + name, extra).order(ByteOrder.LITTLE_ENDIAN), raw),
                    (directory.getInt(at + 38) >>> 16 & 0170000) == 0120000,
                    Short.toUnsignedInt(directory.getShort(at + 10)), (flags & ENCRYPTED) != 0));
            at = next;
        }
        return entries;
    }

    /** The name as an extra field has it beside one in another charset, when it is of the same name (APPNOTE, 4.6.9). */
    private static Optional<String> unicode(ByteBuffer extra, byte[] raw) {
        CRC32 crc = new CRC32();
        crc.update(raw);
        for (int at = 0; at + 4 <= extra.limit(); ) {
            int size = Short.toUnsignedInt(extra.getShort(at + 2));
            if (at + 4 + size > extra.limit()) {
                return Optional.empty();
            }
            if (extra.getShort(at) == UNICODE_PATH && size > 5
                    && Integer.toUnsignedLong(extra.getInt(at + 5)) == crc.getValue()) {
                byte[] name = new byte[size - 5];
                extra.get(at + 9, name);
                return Optional.of(new String(name, StandardCharsets.UTF_8));
            }
            at += 4 + size;
        }
        return Optional.empty();
    }

    private static ByteBuffer read(RandomAccessFile file, long from, int size) throws IOException {
        byte[] bytes = new byte[size];
        file.seek(from);
        file.readFully(bytes);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * What the directory says of one entry.
     *
     * @param raw its name as it stands there
     * @param name the same, where it is told in which charset
     * @param isLink whether it is a symbolic link
     * @param method how it is packed (APPNOTE, 4.4.5)
     */
    record Entry(byte[] raw, Optional<String> name, boolean isLink, int method, boolean isEncrypted) {
    }

    /** Unsigned numbers, of which those below zero are the largest. */
    private record End(long entries, long size, long start) {

        boolean isBeyond(long mostEntries, long longest) {
            return entries < 0 || entries > mostEntries || size < 0 || size > longest;
        }
    }
}
