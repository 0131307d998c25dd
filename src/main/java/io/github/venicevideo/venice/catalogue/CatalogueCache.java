package io.github.venicevideo.venice.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.venice.ApiQuestion;
import io.github.venicevideo.venice.CleanText;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.answer.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The catalogue as it was last heard of, in memory and in a file that outlives the program. The route
 * {@code direct:venice-catalogue} asks; this judges and keeps.
 *
 * <h2>Contract</h2>
 * <ul>
 * <li>An answer that cannot be read never takes the place of one that could; an old catalogue is used until there is
 * a newer one.</li>
 * <li>Without any, there is none: one line in the log says so, and requests are checked without it.</li>
 * <li>One question at a time: {@link #isDue} is true for one caller, who ends it with {@link #judge} or
 * {@link #judgeFailure}. After a failed one there is a pause of five minutes.</li>
 * <li>Safe for use by several threads.</li>
 * </ul>
 */
public final class CatalogueCache implements Supplier<Optional<Catalogue>>, ApiQuestion {

    /** What the file is called that a home keeps it in. */
    public static final String FILE = ".catalogue.json";

    private static final Logger LOG = LoggerFactory.getLogger(CatalogueCache.class);
    private static final Duration PAUSE = Duration.ofMinutes(5);
    private static final long LARGEST_FILE = 8L * 1024 * 1024;
    /** How long a first bundle waits for the very first catalogue. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Path file;
    private final String api;
    private final Clock clock;
    private final Duration refresh;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition answered = lock.newCondition();
    private boolean loaded;
    private Optional<Catalogue> catalogue = Optional.empty();
    private Instant heard = Instant.MIN;
    private Instant asked = Instant.MIN;
    private boolean asking;
    private boolean told;

    /**
     * @param file where it is kept between runs
     * @param api whose catalogue it is: one of another API in the file is not used
     * @param refresh how old it may be before it is asked for again
     */
    public CatalogueCache(Path file, String api, Clock clock, Duration refresh) {
        this.file = file;
        this.api = api;
        this.clock = clock;
        this.refresh = refresh;
    }

    /** The catalogue, of whatever age. Waits a little where none is known and the first answer is on its way. */
    @Override
    public Optional<Catalogue> get() {
        lock.lock();
        try {
            load();
            long patience = PATIENCE.toNanos();
            while (catalogue.isEmpty() && asking && patience > 0) {
                patience = answered.awaitNanos(patience);
            }
            return read();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return read();
        } finally {
            lock.unlock();
        }
    }

    private Optional<Catalogue> read() {
        return catalogue.map(known -> known.at(clock.instant()));
    }

    /** When the API last answered with the catalogue; empty where nobody knows. */
    public Optional<Instant> heard() {
        lock.lock();
        try {
            load();
            return Optional.of(heard).filter(when -> !when.equals(Instant.MIN));
        } finally {
            lock.unlock();
        }
    }

    /** Whether the caller is to ask the API now. */
    public boolean isDue() {
        lock.lock();
        try {
            load();
            Instant now = clock.instant();
            boolean old = isOver(heard, refresh, now);
            // A question that was never ended, by whatever mishap, must not be the last one.
            boolean paused = !isOver(asked, refresh.compareTo(PAUSE) < 0 ? refresh : PAUSE, now);
            if (!old || paused) {
                return false;
            }
            asked = now;
            asking = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void ask(Exchange exchange) {
        exchange.getMessage().setBody(null);
    }

    @Override
    public void judge(Exchange exchange) {
        Answer answer = Answer.of(exchange.getMessage(), clock);
        exchange.getMessage().setBody(null);
        keep(answer);
    }

    @Override
    public void judgeFailure(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        exchange.getMessage().setBody(null);
        failed(failure == null ? "no answer" : failure.getClass().getSimpleName() + ": " + failure.getMessage());
    }

    void keep(Answer answer) {
        Optional<Catalogue> heardNow = Catalogue.of(answer);
        if (heardNow.isEmpty()) {
            failed("the API answered " + answer.status() + ", without a catalogue that can be read");
            return;
        }
        lock.lock();
        try {
            catalogue = heardNow;
            heard = clock.instant();
            loaded = true;
            told = false;
            end();
            answer.json().ifPresent(this::store);
        } finally {
            lock.unlock();
        }
    }

    private void failed(String why) {
        lock.lock();
        try {
            if (!told) {
                LOG.warn("The catalogue of models could not be had: {}. {}", CleanText.of(why), catalogue.isPresent()
                        ? "The last known one is used."
                        : "Requests are checked without it until it can; what a model takes is then for the API to say.");
            }
            told = true;
            end();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        asking = false;
        answered.signalAll();
    }

    private void load() {
        if (loaded) {
            return;
        }
        loaded = true;
        try {
            if (Files.size(file) > LARGEST_FILE) {
                return;
            }
            JsonNode kept = Json.mapper().readTree(Files.readAllBytes(file));
            if (kept.path("api").asText().equals(api)) {
                catalogue = Catalogue.of(kept.path("answer"));
                // A clock that was wrong when it was kept must not make it young for ever.
                Instant when = Instant.ofEpochMilli(kept.path("heard").asLong());
                heard = catalogue.isEmpty() || when.isAfter(clock.instant()) ? Instant.MIN : when;
            }
        } catch (NoSuchFileException e) {
            // the first start
        } catch (IOException e) {
            LOG.debug("{} cannot be read; the catalogue is asked for again", file, e);
        }
    }

    private void store(JsonNode answer) {
        ObjectNode kept = Json.mapper().createObjectNode();
        kept.put("api", api).put("heard", heard.toEpochMilli()).set("answer", answer);
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.write(part, Json.mapper().writeValueAsBytes(kept));
            // Not synced: what a power cut takes away is asked for again.
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warn("The catalogue cannot be kept in {}: {}", file, e.toString());
        }
    }

    private static boolean isOver(Instant since, Duration pause, Instant now) {
        // MIN is "never", and too far away to subtract.
        return since.equals(Instant.MIN) || !now.isBefore(since.plus(pause)) || since.isAfter(now);
    }
}
