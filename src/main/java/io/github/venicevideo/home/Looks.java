package io.github.venicevideo.home;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** When each folder that people put things into was looked through last. */
public final class Looks {

    private static final Duration OVERDUE_AFTER = Duration.ofMinutes(1);

    private final Clock clock;
    private final Map<String, Instant> looks = new ConcurrentHashMap<>();

    public Looks(Clock clock) {
        this.clock = clock;
    }

    /** A folder is watched from now on. */
    public void expect(String folder) {
        looked(folder);
    }

    /** It was looked through, to its end. */
    public void looked(String folder) {
        looks.put(folder, clock.instant());
    }

    /** A sentence about the folders that nobody has looked through for a minute. */
    public Optional<String> overdue() {
        Instant due = clock.instant().minus(OVERDUE_AFTER);
        return Optional.of(new TreeMap<>(looks).entrySet().stream().filter(look -> look.getValue().isBefore(due))
                .map(look -> "The folder " + look.getKey() + " has not been looked through since " + look.getValue()
                        + "; nothing is taken from it meanwhile. Does its disk, or its share, answer? The log may say more.")
                .collect(Collectors.joining(" "))).filter(sentences -> !sentences.isEmpty());
    }
}
