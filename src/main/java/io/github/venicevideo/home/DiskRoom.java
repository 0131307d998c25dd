package io.github.venicevideo.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Room on the disk that videos are fetched to. Some is always left free, for the ledger and for everybody else; what is
 * being fetched counts as used already.
 */
public final class DiskRoom {

    private static final long MEGABYTE = 1_000_000;

    private final LongSupplier usable;
    private final long minFree;
    private final BooleanSupplier writable;
    private final String place;
    private long held;
    private Optional<String> trouble = Optional.empty();

    /**
     * @param usable free bytes on the disk
     * @param minFree bytes that are left free
     */
    public DiskRoom(LongSupplier usable, long minFree) {
        this(usable, minFree, () -> true, "");
    }

    private DiskRoom(LongSupplier usable, long minFree, BooleanSupplier writable, String place) {
        this.usable = usable;
        this.minFree = minFree;
        this.writable = writable;
        this.place = place;
    }

    /** The disk that a folder lies on; one that cannot be asked counts as full, and so does a folder that cannot be written. */
    public static DiskRoom of(Path folder, long minFree) {
        return new DiskRoom(() -> {
            try {
                return Files.getFileStore(folder).getUsableSpace();
            } catch (IOException e) {
                return 0;
            }
        }, minFree, () -> Files.isDirectory(folder) && Files.isWritable(folder), folder.toString());
    }

    /** Whether so many bytes have room now. */
    public synchronized boolean has(long bytes) {
        if (!writable.getAsBoolean()) {
            trouble = Optional.of("Nothing can be written into " + place + ". Is it there, its disk mounted, and may this program"
                    + " write? When that is mended it goes on by itself.");
            return false;
        }
        long free = usable.getAsLong() - held;
        boolean enough = free >= minFree + bytes;
        trouble = enough ? Optional.empty() : Optional.of("The disk is full: " + Math.max(0, free) / MEGABYTE
                + " MB are free, a video needs " + (bytes + MEGABYTE - 1) / MEGABYTE + " MB and venice.disk.min-free leaves "
                + minFree / MEGABYTE + " MB. Make room; then it goes on by itself.");
        return enough;
    }

    /** Takes room for so many bytes, until it is given back. */
    public synchronized Optional<Held> take(long bytes) {
        if (!has(bytes)) {
            return Optional.empty();
        }
        held += bytes;
        return Optional.of(() -> release(bytes));
    }

    /** What was wrong when somebody asked last, as a sentence; for health. */
    public synchronized Optional<String> trouble() {
        return trouble;
    }

    private synchronized void release(long bytes) {
        held -= bytes;
    }

    /** Room that is taken. */
    public interface Held {
        void giveBack();
    }
}
