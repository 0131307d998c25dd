package io.github.venicevideo.intake;

import io.github.venicevideo.home.BorderLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of something in a drop folder from looking at it again and again.
 *
 * @param snapshot its last look
 * @param first when it was seen for the first time
 * @param since since when what counts in it looks like that
 * @param stillSince since when all of it does, ignored names too
 * @param hindrance why it could not be claimed
 * @param notBefore when that is tried again
 */
record Seen(Snapshot snapshot, Instant first, Instant since, Instant stillSince, Optional<String> hindrance, Instant notBefore) {

    /** How long something may lie there before it is said. */
    static final Duration SAID_AFTER = Duration.ofMinutes(10);

    private static final Duration READY_AFTER = Duration.ofMillis(500);
    /** Shares rewrite their own files there for ever. */
    private static final Duration IGNORED_HOLD = Duration.ofSeconds(30);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

    static Seen first(Snapshot snapshot, Instant now) {
        return new Seen(snapshot, now, now, now, Optional.empty(), now);
    }

    /** The next look. */
    Seen next(Snapshot now, Instant at) {
        if (at.isBefore(since) || at.isBefore(stillSince)) {
            return first(now, at);
        }
        boolean same = now.files().equals(snapshot.files()) && now.ready() == snapshot.ready() && now.kind() == snapshot.kind();
        boolean still = same && now.others().equals(snapshot.others());
        return new Seen(now, first, same ? since : at, still ? stillSince : at, still ? hindrance : Optional.empty(),
                still ? notBefore : at);
    }

    /** It could not be claimed. */
    Seen hindered(String why, Instant at) {
        return new Seen(snapshot, first, since, stillSince, Optional.of(why), at.plus(TRY_AGAIN));
    }

    boolean isSettled(Instant now, Duration settle, Duration settlePromptOnly) {
        if (!snapshot.isBundle() || snapshot.tooMuch() || now.isBefore(notBefore)
                || snapshot.unfinished().isPresent() && !(snapshot.ready() && isOver(stillSince, SAID_AFTER, now))) {
            return false;
        }
        Duration wait = snapshot.isPromptOnly() ? settlePromptOnly : settle;
        if (snapshot.ready()) {
            return isOver(stillSince, READY_AFTER.compareTo(settle) < 0 ? READY_AFTER : settle, now);
        }
        return isOver(since, wait, now) && (isOver(stillSince, wait, now) || isOver(since, IGNORED_HOLD, now));
    }

    /** Why it still lies there, once that is to be said: a clause that goes on behind its name. */
    Optional<String> stay(Instant now) {
        if (snapshot.tooMuch()) {
            return Optional.of("holds more than can be taken: " + BorderLimits.USUAL.allowed() + ". Leave only what its video needs");
        }
        if (hindrance.isPresent()) {
            return hindrance;
        }
        if (!isOver(first, SAID_AFTER, now) || snapshot.kind() == Snapshot.Kind.GONE) {
            return Optional.empty();
        }
        if (snapshot.unfinished().isPresent()) {
            return Optional.of("waits for " + snapshot.unfinished().get() + ", a copy that is not finished. Finish it, or take it"
                    + " away");
        }
        if (snapshot.kind() == Snapshot.Kind.SPECIAL) {
            return Optional.of("is a pipe, a socket or a device. Take it away");
        }
        if (snapshot.files().isEmpty()) {
            return snapshot.kind() == Snapshot.Kind.FOLDER
                    ? Optional.of("holds nothing that a bundle is made of. Put a prompt.txt into it, or take it away")
                    : Optional.empty();
        }
        return isOver(stillSince, SAID_AFTER, now) ? Optional.empty() : Optional.of("changes again and again, so it is not taken for"
                + " whole. Let whatever writes there end");
    }

    private static boolean isOver(Instant begin, Duration wait, Instant now) {
        return !now.isBefore(begin.plus(wait));
    }
}
