package io.github.venicevideo.intake.media;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Walks the parts a picture is made of, to see that each lies within the file and the last one is there: a file
 * that was not copied to its end is found, and no reader after this meets a length that it has no memory for.
 */
final class Structure {

    private static final String CUT = "It ends in the middle: it was not copied to its end, or is damaged.";
    private static final String ODD = "It is damaged.";
    private static final int MOST_PARTS = 1_000_000;
    private static final int DEEPEST = 12;
    /** Everything a reader takes into memory whole lies in one of these. */
    private static final long LARGEST_PART = 64L * 1024 * 1024;
    private static final Set<String> CONTAINERS = Set.of("meta", "iprp", "ipco");
    /** Without these a HEIF file shows no picture. */
    private static final Set<String> NEEDED = Set.of("ftyp", "meta", "mdat", "moov", "moof");

    /** What pictures call themselves that move (ISO/IEC 23008-12). */
    private static final Set<String> SEQUENCES = Set.of("msf1", "hevc", "hevx", "avis");

    private final FileBytes in;
    private final long length;
    private int parts;
    private boolean described;
    private boolean data;
    private boolean moves;
    private int width;
    private int height;
    private long end;
    private byte[] head = new byte[0];

    private Structure(FileBytes in) {
        this.in = in;
        this.length = in.length();
        this.end = length;
    }

    /** No flaw where all is in order, or the format is none that is known here. */
    static Found walk(Path file, String mimeType) throws IOException {
        try (FileBytes in = FileBytes.of(file)) {
            Structure structure = new Structure(in);
            Optional<String> flaw;
            try {
                flaw = structure.walk(mimeType);
            } catch (EOFException e) {
                flaw = Optional.of(CUT);
            }
            return new Found(flaw, structure.width, structure.height, structure.moves, structure.end, structure.head);
        }
    }

    private Optional<String> walk(String mimeType) throws IOException {
        switch (mimeType) {
            case "image/jpeg" -> head = JpegWalk.head(in);
            case "image/gif" -> PictureEnd.ofGif(in);
            case "image/bmp" -> PictureEnd.ofBmp(in);
            case "image/tiff" -> PictureEnd.ofTiff(in);
            case "image/png" -> {
                return png();
            }
            case "image/webp" -> {
                return riff();
            }
            case "image/heic", "image/heif", "image/avif" -> {
                return boxes(0, length, 0);
            }
            default -> { }
        }
        return Optional.empty();
    }

    /**
     * What a walk found.
     *
     * @param flaw a sentence on what is wrong; empty when all is in order
     * @param width of the largest picture in a HEIF file, whose tiles and thumbnails have sizes of their own; 0 for others
     * @param height likewise
     * @param moves whether a PNG or a HEIF file holds an animation
     * @param end where the picture ends, in bytes: what hangs on behind it is no reader's
     * @param head of a JPEG, with nothing in it that a reader stumbles over; empty for others
     */
    record Found(Optional<String> flaw, int width, int height, boolean moves, long end, byte[] head) {
    }

    private Optional<String> png() throws IOException {
        for (long at = 8; parts++ < MOST_PARTS; ) {
            long size = in.bigEndian(at, 4);
            String type = type(at + 4);
            if (at + 12 + size > length) {
                return Optional.of(CUT);
            }
            moves |= type.equals("acTL");
            if (type.equals("IEND")) {
                return Optional.empty();
            }
            at += 12 + size;
        }
        return Optional.of(ODD);
    }

    private Optional<String> riff() throws IOException {
        long last = 8 + in.littleEndian(4, 4);
        if (last > length) {
            return Optional.of(CUT);
        }
        for (long at = 12; at + 8 <= last && parts++ < MOST_PARTS; ) {
            long size = in.littleEndian(at + 4, 4);
            if (at + 8 + size > last) {
                return Optional.of(CUT);
            }
            at += 8 + size + size % 2;
        }
        return parts >= MOST_PARTS ? Optional.of(ODD) : Optional.empty();
    }

    private Optional<String> boxes(long from, long to, int depth) throws IOException {
        for (long at = from; at + 8 <= to; ) {
            if (parts++ > MOST_PARTS || depth > DEEPEST) {
                return Optional.of(ODD);
            }
            long size = in.bigEndian(at, 4);
            String type = type(at + 4);
            int head = 8;
            if (size == 1) {
                size = in.bigEndian(at + 8, 8);
                head = 16;
            } else if (size == 0) {
                // At the top it means: up to the end.
                size = depth == 0 ? to - at : 0;
            }
            if (size == 0) {
                return Optional.empty();
            }
            if (size < head || size > to - at) {
                if (depth == 0 && described && data && !NEEDED.contains(type)) {
                    this.end = at;
                    return Optional.empty();
                }
                return Optional.of(depth == 0 && size >= head ? CUT : ODD);
            }
            boolean payload = depth == 0 && !CONTAINERS.contains(type);
            if (!payload && size > LARGEST_PART) {
                return Optional.of(ODD);
            }
            described |= type.equals("meta") || type.equals("moov");
            data |= type.equals("mdat");
            if (type.equals("ftyp") && size >= head + 4) {
                moves |= SEQUENCES.contains(type(at + head));
            }
            if (type.equals("ispe") && size >= head + 12) {
                extents(at + head + 4);
            }
            if (CONTAINERS.contains(type)) {
                Optional<String> flaw = boxes(at + head + (type.equals("meta") ? 4 : 0), at + size, depth + 1);
                if (flaw.isPresent()) {
                    return flaw;
                }
            }
            at += size;
        }
        return Optional.empty();
    }

    private void extents(long at) throws IOException {
        int wide = (int) in.bigEndian(at, 4);
        int high = (int) in.bigEndian(at + 4, 4);
        if (wide > 0 && high > 0 && (long) wide * high > (long) width * height) {
            width = wide;
            height = high;
        }
    }

    private String type(long at) throws IOException {
        byte[] type = new byte[4];
        for (int i = 0; i < type.length; i++) {
            type[i] = (byte) in.at(at + i);
        }
        return new String(type, StandardCharsets.ISO_8859_1);
    }
}
