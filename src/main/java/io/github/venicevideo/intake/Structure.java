package io.github.venicevideo.intake;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Walks the parts a media file is made of, to see that each lies within the file and the last one is there: a file
 * that was not copied to its end is found, and no reader after this meets a length that it has no memory for.
 */
final class Structure {

    private static final String CUT = "It ends in the middle: it was not copied to its end, or is damaged.";
    private static final String ODD = "It is damaged.";
    private static final int MOST_PARTS = 20_000;
    private static final int DEEPEST = 12;
    /** Everything a reader takes into memory whole lies in one of these. */
    private static final long LARGEST_PART = 64L * 1024 * 1024;
    private static final Set<String> CONTAINERS = Set.of("moov", "udta", "trak", "mdia", "minf", "stbl", "cmov", "gmhd",
            "ilst", "meta", "iprp", "ipco");

    /** What pictures call themselves that move (ISO/IEC 23008-12). */
    private static final Set<String> SEQUENCES = Set.of("msf1", "hevc", "hevx", "avis");

    private final SeekableByteChannel in;
    private final long length;
    private int parts;
    private boolean movie;
    private boolean moves;
    private int width;
    private int height;

    private Structure(SeekableByteChannel in) throws IOException {
        this.in = in;
        this.length = in.size();
    }

    /** No flaw where all is in order, or the format is none that is known here. */
    static Found walk(Path file, String mimeType) throws IOException {
        if (mimeType.equals("image/jpeg")) {
            return new Found(jpeg(file), 0, 0, false);
        }
        // Not as a File: where the platform's charset cannot spell a name, only its Path leads to it.
        try (SeekableByteChannel in = Files.newByteChannel(file)) {
            Structure structure = new Structure(in);
            Optional<String> flaw = switch (mimeType) {
                case "image/png" -> structure.png();
                case "image/webp" -> structure.riff();
                case "image/heic", "image/heif", "image/avif" -> structure.boxes(0, structure.length, 0);
                case "video/mp4", "video/quicktime", "video/3gpp" -> structure.movie();
                case "audio/mpeg" -> structure.id3();
                default -> Optional.empty();
            };
            return new Found(flaw, structure.width, structure.height, structure.moves);
        } catch (EOFException e) {
            return new Found(Optional.of(CUT), 0, 0, false);
        }
    }

    /**
     * What a walk found.
     *
     * @param flaw a sentence on what is wrong; empty when all is in order
     * @param width of the largest picture in a HEIF file, whose tiles and thumbnails have sizes of their own; 0 for others
     * @param height likewise
     * @param moves whether a PNG or a HEIF file holds an animation
     */
    record Found(Optional<String> flaw, int width, int height, boolean moves) {
    }

    private Optional<String> png() throws IOException {
        for (long at = 8; parts++ < MOST_PARTS; ) {
            in.position(at);
            long size = next(4).getInt() & 0xffffffffL;
            String type = type();
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
        in.position(4);
        long end = 8 + littleEndian();
        if (end > length) {
            return Optional.of(CUT);
        }
        for (long at = 12; at + 8 <= end && parts++ < MOST_PARTS; ) {
            in.position(at + 4);
            long size = littleEndian();
            if (at + 8 + size > end) {
                return Optional.of(CUT);
            }
            at += 8 + size + size % 2;
        }
        return parts >= MOST_PARTS ? Optional.of(ODD) : Optional.empty();
    }

    private Optional<String> movie() throws IOException {
        Optional<String> flaw = boxes(0, length, 0);
        return flaw.isPresent() || movie ? flaw
                : Optional.of("Its table of contents (moov) is missing: the recording was not finished, or is cut off.");
    }

    private Optional<String> boxes(long from, long to, int depth) throws IOException {
        for (long at = from; at + 8 <= to; ) {
            if (parts++ > MOST_PARTS || depth > DEEPEST) {
                return Optional.of(ODD);
            }
            in.position(at);
            long size = next(4).getInt() & 0xffffffffL;
            String type = type();
            int head = 8;
            if (size == 1) {
                size = next(8).getLong();
                head = 16;
            } else if (size == 0) {
                // QuickTime ends a list of user data with a zero; elsewhere it means: up to the end.
                size = depth == 0 ? to - at : 0;
            }
            if (size == 0) {
                return Optional.empty();
            }
            if (size < head || size > to - at) {
                return Optional.of(depth == 0 && size >= head ? CUT : ODD);
            }
            boolean payload = depth == 0 && !CONTAINERS.contains(type);
            if (!payload && size > LARGEST_PART) {
                return Optional.of(ODD);
            }
            movie |= type.equals("moov");
            if (type.equals("ftyp") && size >= head + 4) {
                in.position(at + head);
                moves |= SEQUENCES.contains(type());
            }
            if (type.equals("ispe") && size >= head + 12) {
                extents(at + head + 4);
            }
            if (CONTAINERS.contains(type)) {
                Optional<String> flaw = boxes(at + head + skipped(type, at + head), at + size, depth + 1);
                if (flaw.isPresent()) {
                    return flaw;
                }
            }
            at += size;
        }
        return Optional.empty();
    }

    private void extents(long at) throws IOException {
        in.position(at);
        int wide = next(4).getInt();
        int high = next(4).getInt();
        if (wide > 0 && high > 0 && (long) wide * high > (long) width * height) {
            width = wide;
            height = high;
        }
    }

    /** In MP4 and HEIF four bytes of flags come before what {@code meta} holds, in QuickTime none do. */
    private int skipped(String type, long at) throws IOException {
        if (!type.equals("meta") || at + 8 > length) {
            return 0;
        }
        in.position(at + 4);
        return type().chars().allMatch(c -> c >= ' ' && c < 0x7f) ? 0 : 4;
    }

    /** The tags before an MP3's first frame. */
    private Optional<String> id3() throws IOException {
        in.position(0);
        byte[] head = Arrays.copyOf(next((int) Math.min(10, length)).array(), 10);
        boolean tagged = head[0] == 'I' && head[1] == 'D' && head[2] == '3';
        long size = (head[6] & 0x7fL) << 21 | (head[7] & 0x7fL) << 14 | (head[8] & 0x7fL) << 7 | head[9] & 0x7fL;
        return tagged && 10 + size > length ? Optional.of(CUT) : Optional.empty();
    }

    /** Up to the marker that ends the picture: what a camera hangs on behind it is none of ours. */
    private static Optional<String> jpeg(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 65_536)) {
            in.skipNBytes(2);
            boolean scanning = false;
            while (true) {
                int c = read(in);
                if (c != 0xff) {
                    if (!scanning) {
                        return Optional.of(ODD);
                    }
                    continue;
                }
                int marker = read(in);
                while (marker == 0xff) {
                    marker = read(in);
                }
                if (marker == 0xd9) {
                    return Optional.empty();
                }
                boolean inScan = marker == 0 || marker >= 0xd0 && marker <= 0xd7;
                if (!inScan && marker != 0x01 && marker != 0xd8) {
                    int size = read(in) << 8 | read(in);
                    if (size < 2) {
                        return Optional.of(ODD);
                    }
                    in.skipNBytes(size - 2L);
                    scanning |= marker == 0xda;
                }
            }
        } catch (EOFException e) {
            return Optional.of(CUT);
        }
    }

    private static int read(InputStream in) throws IOException {
        int c = in.read();
        if (c < 0) {
            throw new EOFException();
        }
        return c;
    }

    private long littleEndian() throws IOException {
        return Integer.reverseBytes(next(4).getInt()) & 0xffffffffL;
    }

    private String type() throws IOException {
        return new String(next(4).array(), StandardCharsets.ISO_8859_1);
    }

    private ByteBuffer next(int bytes) throws IOException {
        ByteBuffer next = ByteBuffer.allocate(bytes);
        while (next.hasRemaining()) {
            if (in.read(next) < 0) {
                throw new EOFException();
            }
        }
        return next.flip();
    }
}
