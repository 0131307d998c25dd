package io.github.venicevideo.sandbox.api;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * Reads how long a clip lasts: MP4 and MOV from their movie header, WAV from its size and byte rate; and of MP4 and MOV how many
 * pictures there are in a second.
 */
public final class ClipLength {

    private ClipLength() {
    }

    /** @return seconds; empty for other formats, and where the file does not say */
    public static OptionalDouble seconds(Path file, MediaFormat format) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            return switch (format) {
                case MP4, MOV -> movie(in);
                case WAV -> wav(in);
                default -> OptionalDouble.empty();
            };
        } catch (EOFException e) {
            return OptionalDouble.empty();
        }
    }

    /** @return 0 where the file does not say */
    static double framesPerSecond(Path file) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long moov = find(in, 0, in.length(), "moov");
            for (long trak = moov < 0 ? -1 : find(in, moov + 8, in.length(), "trak"); trak >= 0; trak = find(in, after(in, trak), in.length(), "trak")) {
                long mdia = find(in, trak + 8, in.length(), "mdia");
                long hdlr = mdia < 0 ? -1 : find(in, mdia + 8, in.length(), "hdlr");
                in.seek(hdlr + 16);
                if (hdlr >= 0 && type(in).equals("vide")) {
                    return frames(in, mdia);
                }
            }
            return 0;
        } catch (EOFException e) {
            return 0;
        }
    }

    private static double frames(RandomAccessFile in, long mdia) throws IOException {
        long mdhd = find(in, mdia + 8, in.length(), "mdhd");
        long minf = find(in, mdia + 8, in.length(), "minf");
        long stbl = minf < 0 ? -1 : find(in, minf + 8, in.length(), "stbl");
        long stsz = stbl < 0 ? -1 : find(in, stbl + 8, in.length(), "stsz");
        if (mdhd < 0 || stsz < 0) {
            return 0;
        }
        double seconds = seconds(in, mdhd).orElse(0);
        in.seek(stsz + 16);
        return seconds > 0 ? (in.readInt() & 0xffffffffL) / seconds : 0;
    }

    private static long after(RandomAccessFile in, long box) throws IOException {
        in.seek(box);
        return box + (in.readInt() & 0xffffffffL);
    }

    private static OptionalDouble movie(RandomAccessFile in) throws IOException {
        long moov = find(in, 0, in.length(), "moov");
        if (moov < 0) {
            return OptionalDouble.empty();
        }
        long mvhd = find(in, moov + 8, in.length(), "mvhd");
        if (mvhd < 0) {
            return OptionalDouble.empty();
        }
        return seconds(in, mvhd);
    }

    /** What a header of a movie, or of its track's medium, says: they begin alike. */
    private static OptionalDouble seconds(RandomAccessFile in, long header) throws IOException {
        in.seek(header + 8);
        boolean wide = in.readUnsignedByte() == 1;
        in.seek(header + (wide ? 28 : 20));
        long scale = in.readInt() & 0xffffffffL;
        long duration = wide ? in.readLong() : in.readInt() & 0xffffffffL;
        return scale == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) duration / scale);
    }

    /** Where the box of this type starts among those between from and to; -1 when there is none. */
    private static long find(RandomAccessFile in, long from, long to, String type) throws IOException {
        long at = from;
        while (at + 8 <= to) {
            in.seek(at);
            long size = in.readInt() & 0xffffffffL;
            if (type(in).equals(type)) {
                return at;
            }
            if (size == 1) {
                size = in.readLong();
            }
            if (size < 8) {
                return -1;
            }
            at += size;
        }
        return -1;
    }

    private static OptionalDouble wav(RandomAccessFile in) throws IOException {
        long byteRate = 0;
        long at = 12;
        while (at + 8 <= in.length()) {
            in.seek(at);
            String type = type(in);
            long size = Integer.reverseBytes(in.readInt()) & 0xffffffffL;
            if (type.equals("fmt ")) {
                in.seek(at + 16);
                byteRate = Integer.reverseBytes(in.readInt()) & 0xffffffffL;
            } else if (type.equals("data") && byteRate > 0) {
                return OptionalDouble.of((double) Math.min(size, in.length() - at - 8) / byteRate);
            }
            at += 8 + size + size % 2;
        }
        return OptionalDouble.empty();
    }

    private static String type(RandomAccessFile in) throws IOException {
        byte[] type = new byte[4];
        in.readFully(type);
        return new String(type, StandardCharsets.ISO_8859_1);
    }
}
