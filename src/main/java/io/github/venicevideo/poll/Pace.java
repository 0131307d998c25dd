package io.github.venicevideo.poll;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

/** How fast a video has to come: a server that sends drop by drop must not hold a worker for ever. */
final class Pace {

    private final Clock clock;
    private final Duration grace;
    private final long bytesPerSecond;
    private final long begun;

    /**
     * @param grace how long it may take on top
     * @param bytesPerSecond the least speed, over the whole of it so far
     */
    Pace(Clock clock, Duration grace, long bytesPerSecond) {
        this.clock = clock;
        this.grace = grace;
        this.bytesPerSecond = bytesPerSecond;
        this.begun = clock.millis();
    }

    /** @throws IOException when so many bytes are too few by now */
    void check(long bytes) throws IOException {
        long elapsed = clock.millis() - begun - grace.toMillis();
        if (elapsed > 0 && bytes < elapsed * bytesPerSecond / 1000) {
            throw new IOException("The video comes too slowly: " + bytes + " bytes in " + (clock.millis() - begun) / 1000
                    + " s, less than venice.download.min-speed asks for.");
        }
    }
}
