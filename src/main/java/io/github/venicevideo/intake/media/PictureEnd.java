package io.github.venicevideo.intake.media;

import java.io.EOFException;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Goes to the end of pictures whose format has no length in its head: one that was not copied whole is found, and none of
 * them is decoded.
 */
final class PictureEnd {

    private static final int MOST_DIRECTORIES = 1_000;
    private static final int MOST_PIECES = 1_000_000;
    private static final int STRIPS = 273;
    private static final int STRIP_BYTES = 279;
    private static final int TILES = 324;
    private static final int TILE_BYTES = 325;
    private static final int SHORT = 3;
    private static final int LONG = 4;

    private final FileBytes file;

    private PictureEnd(FileBytes file) {
        this.file = file;
    }

    /** @throws EOFException when the file ends before the picture does */
    static void ofGif(FileBytes file) throws IOException {
        new PictureEnd(file).gif();
    }

    static void ofBmp(FileBytes file) throws IOException {
        new PictureEnd(file).bmp();
    }

    static void ofTiff(FileBytes file) throws IOException {
        new PictureEnd(file).tiff();
    }

    private void gif() throws IOException {
        long at = 13 + colours(file.at(10));
        boolean picture = false;
        while (true) {
            if (picture && at == file.length()) {
                return;
            }
            int block = file.at(at++);
            switch (block) {
                case 0x21 -> at = blocks(at + 1);
                case 0x2c -> {
                    at = blocks(at + 9 + colours(file.at(at + 8)) + 1);
                    picture = true;
                }
                case 0x3b -> {
                    return;
                }
                default -> {
                    // Zeros between two blocks are passed over by all, and what comes behind a picture by most.
                    if (block != 0 && !picture) {
                        throw new EOFException();
                    }
                }
            }
        }
    }

    private static long colours(int flags) {
        return (flags & 0x80) != 0 ? 3L << (flags & 7) + 1 : 0;
    }

    private long blocks(long from) throws IOException {
        long at = from;
        for (int size = file.at(at++); size > 0; size = file.at(at++)) {
            at += size;
        }
        return at;
    }

    private void bmp() throws IOException {
        long start = file.littleEndian(10, 4);
        long header = file.littleEndian(14, 4);
        boolean old = header == 12;
        long width = file.littleEndian(18, old ? 2 : 4);
        long height = Math.abs((int) file.littleEndian(old ? 20 : 22, old ? 2 : 4));
        long bits = file.littleEndian(old ? 24 : 28, 2);
        long packed = old ? 0 : file.littleEndian(30, 4);
        boolean plain = packed == 0 || packed == 3 || packed == 6;
        // Some writers leave out what fills a line up to four bytes.
        long pixels = plain ? (width * bits + 7) / 8 * height : file.littleEndian(34, 4);
        if (start + pixels > file.length()) {
            throw new EOFException();
        }
    }

    private void tiff() throws IOException {
        boolean little = file.at(0) == 'I';
        Set<Long> seen = new HashSet<>();
        for (long at = number(4, 4, little); at != 0 && seen.size() < MOST_DIRECTORIES && seen.add(at); ) {
            at = directory(at, little);
        }
    }

    /** Where the next one is; 0 after the last. */
    private long directory(long at, boolean little) throws IOException {
        int entries = (int) number(at, 2, little);
        long[] where = {0, 0};
        long[] count = {0, 0};
        int[] bytes = {2, 2};
        for (int i = 0; i < entries; i++) {
            long entry = at + 2 + 12L * i;
            int tag = (int) number(entry, 2, little);
            int type = (int) number(entry + 2, 2, little);
            boolean offsets = tag == STRIPS || tag == TILES;
            if ((offsets || tag == STRIP_BYTES || tag == TILE_BYTES) && (type == SHORT || type == LONG)) {
                int list = offsets ? 0 : 1;
                bytes[list] = type == SHORT ? 2 : 4;
                count[list] = number(entry + 4, 4, little);
                where[list] = count[list] * bytes[list] <= 4 ? entry + 8 : number(entry + 8, 4, little);
            }
        }
        for (long i = 0; i < Math.min(MOST_PIECES, Math.min(count[0], count[1])); i++) {
            long end = number(where[0] + i * bytes[0], bytes[0], little) + number(where[1] + i * bytes[1], bytes[1], little);
            if (end > file.length()) {
                throw new EOFException();
            }
        }
        long next = at + 2 + 12L * entries;
        // Some writers end right here.
        return next + 4 > file.length() ? 0 : number(next, 4, little);
    }

    private long number(long at, int bytes, boolean little) throws IOException {
        return little ? file.littleEndian(at, bytes) : file.bigEndian(at, bytes);
    }
}
