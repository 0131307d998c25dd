package io.github.venicevideo.poll;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How fast a video has to come: a server that sends drop by drop must not hold a worker for ever. It goes by a time that is
 * never set: a clock that is set forward would cost one of the few GETs that a download_url bears.
 */
final class MinSpeed {

    private final LongSupplier nanoTime;
    private final Duration grace;
    private final long bytesPerSecond;
    private final long begun;

    /**
     * @param nanoTime as {@link System#nanoTime}
     * @param grace how long it may take on top
     * @param bytesPerSecond the least speed, over the whole of it so far
     */
    MinSpeed(LongSupplier nanoTime, Duration grace, long bytesPerSecond) {
        this.nanoTime = nanoTime;
        this.grace = grace;
        this.bytesPerSecond = bytesPerSecond;
        this.begun = nanoTime.getAsLong();
    }

    /** @throws IOException when so many bytes are too few by now */
    void check(long bytes) throws IOException {
        long taken = Duration.ofNanos(nanoTime.getAsLong() - begun).toMillis();
        long elapsed = taken - grace.toMillis();
        if (elapsed > 0 && bytes < elapsed * bytesPerSecond / 1000) {
            throw new IOException("The video comes too slowly: " + bytes + " bytes in " + taken / 1000
                    + " s, less than venice.download.min-speed asks for.");
        }
    }
}
