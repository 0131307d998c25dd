package io.github.venicevideo.intake.source;

import io.github.venicevideo.home.drop.Source;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.Backoff;
import io.github.venicevideo.venice.endpoint.EndpointTrouble;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which sources cannot be read at the moment, what is left in them, and why: said in the log once, and asked by health. */
public final class SourceWatch {

    private static final Logger LOG = LoggerFactory.getLogger(SourceWatch.class);

    private final Clock clock;
    private final Backoff backoff;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final Map<String, Trouble> troubles = new ConcurrentHashMap<>();
    /** By place: why it is left there. */
    private final Map<String, String> left = new ConcurrentHashMap<>();

    public SourceWatch(Clock clock, Settings settings) {
        this.clock = clock;
        this.backoff = new Backoff(settings.duration("venice.retry.initial-delay"),
                settings.duration("venice.retry.max-delay"));
    }

    /** The sources that are down, each with the sentence that says why. */
    public Map<String, String> down() {
        Map<String, String> down = new TreeMap<>();
        troubles.forEach((name, trouble) -> down.put(name, trouble.sentence()));
        return down;
    }

    /** What stays in a source, sorted, each with the sentence that says why. */
    public List<String> left() {
        return left.values().stream().sorted().toList();
    }

    /**
     * A bundle is not taken.
     *
     * @param place where it lies, whatever its content
     * @return whether that is news
     */
    boolean leaves(String place, String sentence) {
        return !sentence.equals(left.put(place, sentence));
    }

    /** A bundle was taken after all. */
    void takes(String place) {
        left.remove(place);
    }

    /** Nothing lies there any more. */
    void forgetThose(Predicate<String> places) {
        left.keySet().removeIf(places);
    }

    /** Whether a source may be tried: it is up, or its pause is over. */
    boolean isDue(Source source) {
        Trouble trouble = troubles.get(source.name());
        return trouble == null || backoff.isOver(trouble.again(), clock.instant());
    }

    /** A source could not be read. */
    void failed(Source source, Throwable cause) {
        String sentence = EndpointTrouble.using("venice.drop.sources." + source.name(), source.uri(), cause);
        Trouble before = troubles.get(source.name());
        int count = before == null ? 1 : before.count() + 1;
        troubles.put(source.name(), new Trouble(sentence, count, clock.instant().plus(backoff.after(count, random))));
        if (before == null || !before.sentence().equals(sentence)) {
            LOG.warn("The source {} cannot be read; it is tried again and again: {}", source.name(), sentence);
        }
        LOG.debug("The source {} cannot be read", source.name(), cause);
    }

    /** A source was read. */
    void worked(Source source) {
        if (troubles.remove(source.name()) != null) {
            LOG.info("The source {} is read again", source.name());
        }
    }

    private record Trouble(String sentence, int count, Instant again) {
    }
}
