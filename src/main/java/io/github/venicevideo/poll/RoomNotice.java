package io.github.venicevideo.poll;

import io.github.venicevideo.home.DiskRoom;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says that the disk is full, and that it no longer is: each once, however many jobs wait meanwhile and how often they look. */
final class RoomNotice {

    private static final Logger LOG = LoggerFactory.getLogger(RoomNotice.class);

    private final DiskRoom disk;
    /** The least that was told to have no room, in bytes; empty while all is well. */
    private Optional<Long> told = Optional.empty();

    RoomNotice(DiskRoom disk) {
        this.disk = disk;
    }

    /** So many bytes of a bundle's video found no room. */
    synchronized void full(String bundle, long bytes) {
        if (told.filter(least -> least <= bytes).isEmpty()) {
            disk.lack(bytes).ifPresent(why -> {
                told = Optional.of(bytes);
                LOG.warn("{} waits, and so does whatever else has no room: {}", bundle, why);
            });
        }
    }

    /** Something found room: perhaps all does again. */
    synchronized void roomy() {
        if (told.isPresent() && disk.lack(told.get()).isEmpty()) {
            told = Optional.empty();
            LOG.info("There is room on the disk again: finished videos are fetched");
        }
    }
}
