package io.github.venicevideo.intake.media;

import io.github.venicevideo.intake.media.MediaMeasurer.UnreadableMediumException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/**
 * How long a WebM lasts (RFC 8794 and RFC 9559): what its head says, or, where a browser recorded it and said nothing,
 * when its last block comes. No kept library reads WebM.
 */
final class WebmLength {

    private static final String CUT = "It ends in the middle: it was not copied to its end, or is damaged.";
    private static final String ODD = "It is damaged.";
    /** What is written while it is being recorded. */
    private static final long UNKNOWN = -1;
    private static final long SEGMENT = 0x1853_8067L;
    private static final long INFO = 0x1549_A966L;
    private static final long SCALE = 0x2A_D7B1L;
    private static final long DURATION = 0x4489;
    private static final long CLUSTER = 0x1F43_B675L;
    private static final long CLUSTER_TIME = 0xE7;
    private static final long BLOCK_GROUP = 0xA0;
    private static final Set<Long> BLOCKS = Set.of(0xA1L, 0xA3L);
    /** Those that are looked into; all others are passed over. */
    private static final Set<Long> CONTAINERS = Set.of(SEGMENT, INFO, CLUSTER, BLOCK_GROUP);
    /** What may come once there was a block: void, checksums, and what clusters and the segment hold. */
    private static final Set<Long> ELEMENTS = Set.of(0xECL, 0xBFL, CLUSTER, CLUSTER_TIME, BLOCK_GROUP, 0xA1L, 0xA3L, 0xA7L, 0xABL,
            0x9BL, 0xFAL, 0xFBL, 0xFDL, 0xA4L, 0xA2L, 0x75A1L, 0x75A2L, 0xAFL, 0x8EL, 0x5854L, 0x1C53_BB6BL, 0x1254_C367L,
            0x1043_A770L, 0x1941_A469L, 0x114D_9B74L, INFO, 0x1654_AE6BL);
    private static final int MOST_ELEMENTS = 1_000_000;
    private static final double NANOSECONDS = 1e9;

    private final FileBytes file;
    private long at;
    private long scale = 1_000_000;
    private double duration;
    private long clusterTime;
    private long lastBlock;
    private boolean segment;
    private long end;

    private WebmLength(FileBytes file) {
        this.file = file;
        this.end = file.length();
    }

    /** 0 when it does not tell. */
    static double seconds(Path path) throws IOException, UnreadableMediumException {
        try (FileBytes file = FileBytes.of(path)) {
            return new WebmLength(file).walk();
        } catch (EOFException e) {
            throw new UnreadableMediumException(CUT, e);
        }
    }

    private double walk() throws IOException, UnreadableMediumException {
        for (int i = 0; i < MOST_ELEMENTS && at < end && duration == 0; i++) {
            if (segment && file.at(at) == 0) {
                break;
            }
            if (!element()) {
                break;
            }
        }
        if (!segment) {
            throw new UnreadableMediumException("It holds no video: it is damaged, or was not copied to its end.", null);
        }
        return (duration > 0 ? duration : lastBlock) * scale / NANOSECONDS;
    }

    /** False for what hangs on behind the last block and is no element. */
    private boolean element() throws IOException, UnreadableMediumException {
        if (lastBlock > 0 && !ELEMENTS.contains(peek())) {
            return false;
        }
        long id = number(4, true);
        long size = number(8, false);
        if (size > file.length() - at) {
            throw new UnreadableMediumException(CUT, null);
        }
        if (id == SEGMENT) {
            segment = true;
            end = size == UNKNOWN ? end : at + size;
        }
        if (CONTAINERS.contains(id)) {
            return true;
        }
        if (size == UNKNOWN) {
            throw new UnreadableMediumException(ODD, null);
        }
        value(id, size);
        at += size;
        return true;
    }

    /** The id that stands here; 0 for none. */
    private long peek() throws IOException {
        int length = Integer.numberOfLeadingZeros(file.at(at)) - 23;
        return length > 4 || at + length > file.length() ? 0 : file.bigEndian(at, length);
    }

    private void value(long id, long size) throws IOException {
        if (id == SCALE && size <= 8) {
            scale = file.bigEndian(at, (int) size);
        } else if (id == DURATION && size == 4) {
            duration = positive(Float.intBitsToFloat((int) file.bigEndian(at, 4)));
        } else if (id == DURATION && size == 8) {
            duration = positive(Double.longBitsToDouble(file.bigEndian(at, 8)));
        } else if (id == CLUSTER_TIME && size <= 8) {
            clusterTime = file.bigEndian(at, (int) size);
        } else if (BLOCKS.contains(id) && size > 10) {
            int track = Integer.numberOfLeadingZeros(file.at(at)) - 23;
            lastBlock = Math.max(lastBlock, clusterTime + (short) file.bigEndian(at + track, 2));
        }
    }

    /** A number that says by its first bits how long it is. */
    private long number(int most, boolean withMarker) throws IOException, UnreadableMediumException {
        int length = Integer.numberOfLeadingZeros(file.at(at)) - 23;
        if (length > most) {
            throw new UnreadableMediumException(ODD, null);
        }
        long value = file.bigEndian(at, length);
        at += length;
        long ones = (1L << 7 * length) - 1;
        return withMarker ? value : (value & ones) == ones ? UNKNOWN : value & ones;
    }

    private static double positive(double value) {
        return Double.isFinite(value) && value > 0 ? value : 0;
    }
}
