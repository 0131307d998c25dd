package io.github.venicevideo.intake.media;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells of a JPEG without an end marker whether its pixels are all there, as far as decoders complain: whether the file ends
 * in its last unit (ITU-T T.81, annexes A and F). The codes are counted through, and no pixel is made. Of progressive and
 * arithmetic ones nothing is told.
 */
final class JpegScan {

    private static final int TABLES = 0xc4;
    private static final int RESTARTS = 0xdd;
    private static final int SCAN = 0xda;
    private static final int SEQUENTIAL = 0xc1;

    private final FileBytes file;
    private final Map<Integer, Codes> tables = new HashMap<>();
    private final Map<Integer, Part> parts = new HashMap<>();
    private final Set<Integer> scanned = new HashSet<>();
    private List<Coded> scan = List.of();
    private int width;
    private int height;
    private int interval;
    private long at;
    private int held;
    private int bits;

    JpegScan(FileBytes file) {
        this.file = file;
    }

    /** A component of the picture: how many blocks of it a unit holds, across and down. */
    private record Part(int across, int down) {
    }

    /** A component of a scan, and the tables it is coded with. */
    private record Coded(Part part, Codes first, Codes others) {
    }

    /** A Huffman table: how many codes there are of each length, and what they stand for, in their order. */
    private record Codes(int[] lengths, byte[] values) {
    }

    /** @param from where the segment's length stands */
    void segment(int marker, long from, int size) throws IOException {
        switch (marker) {
            case TABLES -> tables(from + 2, from + size);
            case RESTARTS -> interval = (int) file.bigEndian(from + 2, 2);
            case SCAN -> scan(from + 2, from + size);
            case SEQUENTIAL - 1, SEQUENTIAL -> frame(from + 2);
            default -> { }
        }
    }

    private void tables(long from, long to) throws IOException {
        for (long next = from; next + 17 <= to; ) {
            int id = file.at(next++);
            int[] lengths = new int[17];
            int sum = 0;
            for (int length = 1; length < lengths.length; length++) {
                lengths[length] = file.at(next++);
                sum += lengths[length];
            }
            byte[] values = new byte[sum];
            for (int i = 0; i < sum; i++) {
                values[i] = (byte) file.at(next++);
            }
            tables.put(id, new Codes(lengths, values));
        }
    }

    private void frame(long from) throws IOException {
        height = (int) file.bigEndian(from + 1, 2);
        width = (int) file.bigEndian(from + 3, 2);
        for (int i = 0; i < file.at(from + 5); i++) {
            int sampling = file.at(from + 7 + 3L * i);
            parts.put(file.at(from + 6 + 3L * i), new Part(sampling >> 4, sampling & 15));
        }
    }

    private void scan(long from, long to) throws IOException {
        scan = new ArrayList<>();
        for (int i = 0; i < file.at(from); i++) {
            int id = file.at(from + 1 + 2L * i);
            int coded = file.at(from + 2 + 2L * i);
            scan.add(new Coded(parts.get(id), tables.get(coded >> 4), tables.get(0x10 | coded & 15)));
            scanned.add(id);
        }
        at = to;
    }

    /** Whether nothing is missing but what stands behind the beginning of the last unit. */
    boolean isWhole() throws IOException {
        boolean known = !scan.isEmpty() && scan.stream().allMatch(coded -> coded.part() != null && coded.first() != null
                && coded.others() != null) && parts.values().stream().allMatch(part -> part.across() > 0 && part.down() > 0);
        if (!known || !scanned.containsAll(parts.keySet()) || width == 0 || height == 0) {
            return false;
        }
        held = 0;
        bits = 0;
        try {
            for (long unit = 0; unit < units() - 1; unit++) {
                if (interval > 0 && unit > 0 && unit % interval == 0) {
                    restart();
                }
                for (Coded coded : scan) {
                    int blocks = scan.size() == 1 ? 1 : coded.part().across() * coded.part().down();
                    for (int block = 0; block < blocks; block++) {
                        block(coded);
                    }
                }
            }
            return true;
        } catch (EOFException e) {
            return false;
        }
    }

    private long units() {
        int across = parts.values().stream().mapToInt(Part::across).max().orElse(1);
        int down = parts.values().stream().mapToInt(Part::down).max().orElse(1);
        Part part = scan.get(0).part();
        return scan.size() > 1 ? shared(width, 8L * across) * shared(height, 8L * down)
                : shared(shared((long) width * part.across(), across), 8) * shared(shared((long) height * part.down(), down), 8);
    }

    /** How many of such a size it takes. */
    private static long shared(long pixels, long size) {
        return (pixels + size - 1) / size;
    }

    private void block(Coded coded) throws IOException {
        skip(value(coded.first()) & 15);
        for (int done = 1; done < 64; done++) {
            int value = value(coded.others());
            int size = value & 15;
            if (size == 0 && value != 0xf0) {
                return;
            }
            skip(size);
            done += value >> 4;
        }
    }

    private int value(Codes codes) throws IOException {
        int code = 0;
        int first = 0;
        int index = 0;
        for (int length = 1; length < codes.lengths().length; length++) {
            code = code << 1 | bit();
            int count = codes.lengths()[length];
            if (code - first < count) {
                return codes.values()[index + code - first] & 0xff;
            }
            index += count;
            first = first + count << 1;
        }
        throw new EOFException();
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            bit();
        }
    }

    private int bit() throws IOException {
        if (bits == 0) {
            held = file.at(at++);
            // Zero stands behind a byte that would be a marker's first; anything else there is a marker, and the end.
            if (held == 0xff && file.at(at++) != 0) {
                throw new EOFException();
            }
            bits = 8;
        }
        bits--;
        return held >> bits & 1;
    }

    private void restart() throws IOException {
        bits = 0;
        while (file.at(at) != 0xff || file.at(at + 1) == 0xff) {
            at++;
        }
        int marker = file.at(at + 1);
        if (marker < 0xd0 || marker > 0xd7) {
            throw new EOFException();
        }
        at += 2;
    }
}
