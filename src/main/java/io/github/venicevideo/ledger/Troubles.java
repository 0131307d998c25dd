package io.github.venicevideo.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What goes wrong again and again just now, for health: by the part of the program, and within it by what it goes wrong with,
 * mostly a job. Once is an accident. Kept in memory, since a next program finds it out anew.
 */
public final class Troubles {

    /** The part that puts media into the staging bucket, and removes them. */
    public static final String STAGING = "staging";

    private static final int AGAIN = 2;
    /** So long after it was to be tried again nobody tries it any longer. */
    private static final Duration GIVEN_UP = Duration.ofMinutes(5);

    private final Clock clock;
    private final Map<Spot, Failing> failing = new ConcurrentHashMap<>();

    Troubles(Clock clock) {
        this.clock = clock;
    }

    /**
     * It did not work.
     *
     * @param with what, such as a job's id
     * @param sentence why, without secrets
     * @param pause after which it is tried again
     */
    public void failed(String part, String with, String sentence, Duration pause) {
        Instant now = clock.instant();
        failing.merge(new Spot(part, with), new Failing(now, 1, sentence, now.plus(pause)),
                (before, last) -> new Failing(before.since(), before.times() + 1, last.sentence(), last.next()));
    }

    /** It worked. */
    public void worked(String part, String with) {
        failing.remove(new Spot(part, with));
    }

    /** What is wrong with a part; empty when it works, or has failed only once. */
    public Optional<Trouble> of(String part) {
        Instant givenUp = clock.instant().minus(GIVEN_UP);
        failing.values().removeIf(each -> each.next().isBefore(givenUp));
        List<Failing> found = failing.entrySet().stream().filter(entry -> entry.getKey().part().equals(part))
                .map(Map.Entry::getValue).filter(each -> each.times() >= AGAIN).sorted(Comparator.comparing(Failing::since)).toList();
        return found.stream().findFirst().map(first -> new Trouble(first.since(), found.size(), first.sentence()));
    }

    /**
     * A part that fails.
     *
     * @param count with how many things it does
     * @param sentence why, of the one with which it has failed longest
     */
    public record Trouble(Instant since, int count, String sentence) {
    }

    private record Spot(String part, String with) {
    }

    private record Failing(Instant since, int times, String sentence, Instant next) {
    }
}
