package io.github.venicevideo.poll;

import io.github.venicevideo.poll.BoxReader.Box;
import io.github.venicevideo.poll.BoxReader.BrokenException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Tells a whole MP4 from a cut or wrong one, by walking its boxes to the end of the file: players and libraries
 * accept truncated files. Memory and time do not grow with the file.
 *
 * <p>It looks at the structure, not at the picture: bytes that were changed inside {@code mdat} are found by length and
 * digest, not here. A fragmented MP4 that was cut exactly between two fragments looks whole; there the length decides.
 */
public final class Mp4Check {

    private static final int FTYP = 0x66747970;
    private static final int VIDE = 0x76696465;
    /** Bounds the time that the walk through its boxes can take. */
    private static final long LARGEST_MOOV = 64L * 1024 * 1024;

    private final FileChannel file;
    private final long size;

    private Mp4Check(FileChannel file, long size) {
        this.file = file;
        this.size = size;
    }

    /** Looks at a file. Never throws: a file that can't be read is one that is not whole. */
    public static Mp4Facts of(Path path) {
        long size = 0;
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            size = file.size();
            return new Mp4Check(file, size).walk();
        } catch (BrokenException e) {
            return Mp4Facts.broken(size, e.getMessage());
        } catch (IOException e) {
            return Mp4Facts.broken(size, Files.exists(path) ? "It could not be read: " + e.getMessage() : "There is no such file.");
        }
    }

    /** Whether a file's first bytes are those of an MP4, whatever follows. */
    static boolean begins(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            return new Mp4Check(file, file.size()).begins();
        } catch (BrokenException e) {
            return false;
        }
    }

    private boolean begins() throws IOException, BrokenException {
        return size >= 8 && boxes(0, size).read(4, 4).getInt() == FTYP;
    }

    private Mp4Facts walk() throws IOException, BrokenException {
        if (size == 0) {
            throw new BrokenException("It is empty.");
        }
        BoxReader boxes = boxes(0, size);
        if (!begins()) {
            throw new BrokenException("It does not begin as an MP4 does.");
        }
        Box moov = null;
        long mediaBytes = 0;
        boolean openMedia = false;
        for (Box box = boxes.next(); box != null; box = boxes.next()) {
            if (box.is("moov")) {
                if (moov != null) {
                    throw new BrokenException("It has two moov boxes.");
                }
                moov = box;
                if (moov.length() > LARGEST_MOOV) {
                    throw new BrokenException("Its moov box is larger than any video's.");
                }
            } else if (box.is("mdat")) {
                mediaBytes += box.length();
                openMedia |= box.open();
            }
        }
        if (moov == null) {
            throw new BrokenException("It has no moov box: the file is cut, or was never finished.");
        }
        if (mediaBytes == 0) {
            throw new BrokenException("It has no picture data (mdat).");
        }
        return movie(moov, mediaBytes, openMedia);
    }

    private Mp4Facts movie(Box moov, long mediaBytes, boolean openMedia) throws IOException, BrokenException {
        long durationMs = -1;
        Track video = null;
        long sampleBytes = 0;
        BoxReader boxes = boxes(moov.start(), moov.end());
        for (Box box = boxes.next(); box != null; box = boxes.next()) {
            if (box.is("mvhd")) {
                durationMs = durationMs(content(box, 20, 32));
            } else if (box.is("trak")) {
                Track track = track(box);
                sampleBytes += openMedia ? SampleSizes.bytes(file, track.sampleTable()) : 0;
                if (track.video() && video == null) {
                    video = track;
                }
            }
        }
        if (durationMs < 0) {
            throw new BrokenException("Its moov box has no movie header (mvhd).");
        }
        if (video == null) {
            throw new BrokenException("It has no video track.");
        }
        // An mdat that goes "to the end" always fits the file; what the samples need tells whether it was cut.
        if (sampleBytes > mediaBytes) {
            throw new BrokenException("Its samples need " + sampleBytes + " bytes, but " + mediaBytes + " are there: the file is cut.");
        }
        return new Mp4Facts(true, "", size, durationMs, video.width(), video.height());
    }

    /** @param sampleTable the {@code stbl} box, or null */
    private record Track(boolean video, int width, int height, Box sampleTable) {
    }

    private Track track(Box trak) throws IOException, BrokenException {
        Box header = boxes(trak.start(), trak.end()).find("tkhd");
        Box media = boxes(trak.start(), trak.end()).find("mdia");
        if (header == null || media == null) {
            throw new BrokenException("One of its tracks has no header or no media.");
        }
        Box handler = boxes(media.start(), media.end()).find("hdlr");
        Box information = boxes(media.start(), media.end()).find("minf");
        boolean video = handler != null && content(handler, 12, 12).getInt(8) == VIDE;
        Box table = information == null ? null : boxes(information.start(), information.end()).find("stbl");
        int[] dimensions = dimensions(header);
        return new Track(video, dimensions[0], dimensions[1], table);
    }

    /** Width and height are the last eight bytes, fixed point 16.16; version 1 has three longer fields before them. */
    private int[] dimensions(Box tkhd) throws IOException, BrokenException {
        int length = content(tkhd, 4, 4).get(0) == 1 ? 96 : 84;
        ByteBuffer bytes = content(tkhd, length, length);
        return new int[] {bytes.getInt(length - 8) >>> 16, bytes.getInt(length - 4) >>> 16};
    }

    private static long durationMs(ByteBuffer mvhd) throws BrokenException {
        boolean wide = mvhd.get(0) == 1;
        if (wide && mvhd.limit() < 32) {
            throw new BrokenException("Its mvhd box is too short.");
        }
        long scale = Integer.toUnsignedLong(mvhd.getInt(wide ? 20 : 12));
        long duration = wide ? mvhd.getLong(24) : Integer.toUnsignedLong(mvhd.getInt(16));
        boolean unknown = wide ? duration < 0 : duration == 0xffffffffL;
        if (scale == 0) {
            throw new BrokenException("Its movie header has no time scale.");
        }
        return unknown ? 0 : Math.round(Math.min(duration * 1_000.0 / scale, Long.MAX_VALUE / 2.0));
    }

    private ByteBuffer content(Box box, int least, int most) throws IOException, BrokenException {
        if (box.length() < least) {
            throw new BrokenException("Its " + box.type() + " box is too short.");
        }
        return boxes(0, size).read(box.start(), (int) Math.min(most, box.length()));
    }

    private BoxReader boxes(long start, long end) {
        return new BoxReader(file, start, end);
    }
}
