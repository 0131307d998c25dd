package io.github.venicevideo.intake;

import io.github.venicevideo.home.Looks;
import io.github.venicevideo.home.Stays;
import io.github.venicevideo.home.drop.Drop;
import io.github.venicevideo.home.drop.Drops;
import io.github.venicevideo.settings.Settings;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks through the drop folders for bundles in which nothing has changed for a while, or whose {@code .ready} file says that
 * they are whole.
 *
 * <p>It goes by what it has seen itself, not by the files' times, which a share's other end may set to anything. Camel's file
 * consumer is no help here: it lists all files of all bundles, and goes on through links, in circles where they lead there.
 */
public final class Settling {

    private static final Logger LOG = LoggerFactory.getLogger(Settling.class);
    /** How many are handed out to begin with, and at most: a program that is told to stop has no more than these to finish. */
    private static final int AT_FIRST = 50;
    private static final int AT_MOST = 800;
    /** As many are handed out as are taken in within so long. */
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(3);
    /** Looks take at most a fifth of one processor. */
    private static final int PAUSE = 4;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    /** What was found to be whole is claimed for so long before all is looked through again. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);
    /** Or, where a look takes long, for so many times as long. */
    private static final int WORK = 20;

    private final Drops drops;
    private final Looks looks;
    private final Stays stays;
    private final Clock clock;
    private final Duration settle;
    private final Duration settlePromptOnly;
    private final Map<String, Watched> watched = new ConcurrentHashMap<>();

    /** Reads {@code venice.drop.settle} and {@code venice.drop.settle-prompt-only}. */
    public Settling(Drops drops, Looks looks, Stays stays, Clock clock, Settings settings) {
        this.drops = drops;
        this.looks = looks;
        this.stays = stays;
        this.clock = clock;
        this.settle = settings.duration("venice.drop.settle");
        this.settlePromptOnly = settings.duration("venice.drop.settle-prompt-only");
    }

    /** What can be claimed now in a drop folder, the oldest first, some at a time. */
    public List<Settled> look(String dropName) {
        return watched(dropName).next();
    }

    /** Whether it still looks as it did when it was found to be whole. */
    boolean isStill(Settled settled) {
        return watched(settled.drop()).isStill(settled);
    }

    /** It could not be claimed: it is left there for some seconds, and said. */
    void hinder(Settled settled, String why) {
        watched(settled.drop()).hinder(settled, why);
    }

    private Watched watched(String dropName) {
        return watched.computeIfAbsent(dropName, name -> new Watched(drops.named(name)));
    }

    /** A drop folder and what of it is handed out next. */
    private final class Watched {

        private final Drop drop;
        private final DropFolder folder;
        private Instant lookedAt = Instant.EPOCH;
        private Instant next = Instant.EPOCH;
        private Instant again = Instant.EPOCH;
        private Instant handedAt = Instant.EPOCH;
        private int atOnce = AT_FIRST;
        private List<Settled> whole = List.of();
        private String trouble = "";

        Watched(Drop drop) {
            this.drop = drop;
            this.folder = new DropFolder(drop, settle, settlePromptOnly);
        }

        synchronized List<Settled> next() {
            Instant now = clock.instant();
            boolean setBack = now.isBefore(lookedAt);
            if (setBack || (whole.isEmpty() ? !now.isBefore(next) : now.isAfter(again))) {
                look(now);
            } else {
                looks.looked(drop.name());
            }
            pace(Duration.between(handedAt, now));
            List<Settled> some = whole.subList(0, Math.min(atOnce, whole.size()));
            whole = whole.subList(some.size(), whole.size());
            handedAt = some.isEmpty() ? Instant.EPOCH : now;
            return some;
        }

        /** What was handed out before is through by now. */
        private void pace(Duration took) {
            if (took.compareTo(SHORT) < 0) {
                atOnce = Math.min(AT_MOST, atOnce * 2);
            } else if (took.compareTo(LONG) > 0) {
                atOnce = Math.max(AT_FIRST, atOnce / 2);
            }
        }

        private void look(Instant now) {
            lookedAt = now;
            whole = List.of();
            try {
                folder.look(now);
                whole = folder.settled(now);
                stays.in(drop.name(), folder.stays(now));
                looks.looked(drop.name());
                trouble = "";
            } catch (IOException e) {
                if (!trouble.equals(e.toString())) {
                    trouble = e.toString();
                    LOG.error("The drop folder {} cannot be looked through; it is tried again until that is mended: {}", drop.name(),
                            trouble);
                }
            }
            Duration took = Duration.between(now, clock.instant());
            Duration pause = took.isNegative() ? Duration.ZERO : took.multipliedBy(PAUSE);
            Duration work = took.multipliedBy(WORK);
            again = now.plus(LOOK_AGAIN.compareTo(work) < 0 ? work : LOOK_AGAIN);
            next = now.plus(took).plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
        }

        boolean isStill(Settled settled) {
            Optional<Seen> seen = seen(settled);
            return seen.isPresent() && settled.looksAs(seen.get().snapshot());
        }

        private synchronized Optional<Seen> seen(Settled settled) {
            return folder.seen(settled);
        }

        synchronized void hinder(Settled settled, String why) {
            folder.hinder(settled, why, clock.instant());
        }
    }
}
