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
    /** For the ledger, and for small files. */
    private static final long SPARE = 20 * MEGABYTE;

    private final LongSupplier usable;
    private final long minFree;
    private final BooleanSupplier writable;
    private final String place;
    private long held;

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

    /** Whether so many bytes have room now, beside what is being fetched. */
    public synchronized boolean has(long bytes) {
        return writable.getAsBoolean() && usable.getAsLong() - held >= minFree + bytes;
    }

    /**
     * Takes room for what a bundle needs, beside what is being fetched and other bundles, until it is given back; of what is left
     * free, since it needs it for no longer than it takes to read it.
     */
    public synchronized Optional<Held> takeSome(long bytes) {
        if (usable.getAsLong() - held < bytes + SPARE) {
            return Optional.empty();
        }
        held += bytes;
        return Optional.of(() -> release(bytes));
    }

    /**
     * Why so many bytes could not be put on the disk, as a sentence that says what to do; empty when they could. What is
     * only waited for until another video is through is no trouble.
     */
    public Optional<String> lack(long bytes) {
        if (!writable.getAsBoolean()) {
            return Optional.of("Nothing can be written into " + place + ". Is it there, its disk mounted, and may this program"
                    + " write? When that is mended it goes on by itself.");
        }
        long free = usable.getAsLong();
        return free >= minFree + bytes ? Optional.empty() : Optional.of("The disk is full: " + megabytes(free) + " MB are free, "
                + (bytes > 0 ? "a video needs " + megabytes(bytes + MEGABYTE - 1) + " MB and " : "")
                + "venice.disk.min-free leaves " + megabytes(minFree) + " MB. Finished videos wait at the provider, which keeps"
                + " them for about 24 hours. Make room; then it goes on by itself.");
    }

    /** Takes room for so many bytes, until it is given back. */
    public synchronized Optional<Held> take(long bytes) {
        if (!has(bytes)) {
            return Optional.empty();
        }
        held += bytes;
        return Optional.of(() -> release(bytes));
    }

    private synchronized void release(long bytes) {
        held -= bytes;
    }

    private static long megabytes(long bytes) {
        return bytes / MEGABYTE;
    }

    /** Room that is taken. */
    public interface Held {
        void giveBack();
    }
}
