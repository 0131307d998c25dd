package io.github.venicevideo.sandbox.clip;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;

/** Sets the dates in an MP4's headers to zero, so that the same pictures give the same bytes on every day. */
final class Mp4Dates {

    private static final Set<String> FOLDERS = Set.of("moov", "trak", "mdia");
    private static final Set<String> DATED = Set.of("mvhd", "tkhd", "mdhd");

    private Mp4Dates() {
    }

    static void clear(Path file) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "rw")) {
            clear(in, 0, in.length());
        }
    }

    private static void clear(RandomAccessFile in, long from, long to) throws IOException {
        long at = from;
        while (at + 8 <= to) {
            in.seek(at);
            long size = in.readInt() & 0xffffffffL;
            byte[] name = new byte[4];
            in.readFully(name);
            String type = new String(name, StandardCharsets.ISO_8859_1);
            if (size == 1) {
                size = in.readLong();
            }
            if (size < 8) {
                return;
            }
            if (FOLDERS.contains(type)) {
                clear(in, at + 8, at + size);
            } else if (DATED.contains(type)) {
                in.seek(at + 8);
                boolean wide = in.readByte() == 1;
                in.seek(at + 12);
                in.write(new byte[wide ? 16 : 8]);
            }
            at += size;
        }
    }
}
