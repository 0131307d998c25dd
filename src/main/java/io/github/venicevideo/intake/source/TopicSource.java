package io.github.venicevideo.intake.source;

import io.github.venicevideo.home.Claim;
import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.JobIds;
import io.github.venicevideo.home.drop.Source;
import io.github.venicevideo.home.drop.Sources;
import io.github.venicevideo.intake.Leftovers;
import io.github.venicevideo.intake.Placed;
import io.github.venicevideo.intake.Placing;
import io.github.venicevideo.intake.TakenUpException;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.venice.endpoint.Sentences;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes requests out of Kafka topics. A record is committed when it is recorded; its consumer brings again what is not.
 */
public final class TopicSource {

    /** The exchange property that holds the {@link TopicRecord} in hand. */
    static final String RECORD = "veniceTopicRecord";

    private static final Logger LOG = LoggerFactory.getLogger(TopicSource.class);
    private static final String ENTRY = "request.json";

    private final Sources sources;
    private final Ledger ledger;
    private final Placing placing;
    private final Placed placed;
    private final Map<String, String> troubles = new ConcurrentHashMap<>();

    public TopicSource(Home home, Sources sources, Ledger ledger, Leftovers leftovers, JobIds ids, Clock clock) {
        this.sources = sources;
        this.ledger = ledger;
        this.placed = new Placed(leftovers);
        this.placing = new Placing(home, ids, clock);
    }

    /** What the consumer brought, by its reference. */
    public TopicRecord read(String name, Exchange exchange) {
        return KafkaRecords.read(sources.named(name), exchange);
    }

    /** Whether a record asks for something that is not recorded yet. A tombstone asks for nothing. */
    public boolean isNew(@ExchangeProperty(RECORD) TopicRecord record) {
        if (record.content().isEmpty()) {
            LOG.info("{}: has no value, so it asks for nothing; passed over", record);
            return false;
        }
        return ledger.jobs().findByReference(record.reference()).isEmpty();
    }

    /** Writes a record into a work folder of its own, unless that was done before and not recorded. */
    public Claim place(@ExchangeProperty(RECORD) TopicRecord record) throws IOException {
        return placed.once(record.reference(), () -> write(record));
    }

    private Claim write(TopicRecord record) throws IOException {
        Source source = sources.named(record.source());
        String jobId = placing.nextId();
        Claim claim = placing.place(jobId, source.drop(), jobId, ENTRY, false, Optional.of(record.reference()), file -> {
            Files.write(file, record.content().orElseThrow());
            DurableFiles.syncFile(file);
        });
        LOG.info("{}: taken from the source {}", claim.bundle(), source);
        return claim;
    }

    /** A record is recorded, so it need not come again. */
    public void commit(@ExchangeProperty(RECORD) TopicRecord record) {
        record.commit().run();
        placed.recorded(record.reference());
        troubles.remove(record.reference());
    }

    /** A record could not be taken, or not be committed; it is not, so its consumer brings it again. */
    public void failed(@ExchangeProperty(RECORD) TopicRecord record,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception cause) {
        if (cause instanceof TakenUpException) {
            LOG.debug("{}: is being taken up elsewhere", record, cause);
            return;
        }
        String sentence = Sentences.of(cause, sources.named(record.source()).uri());
        if (!sentence.equals(troubles.put(record.reference(), sentence))) {
            LOG.warn("{}: stays in its topic, and is tried again and again: {}", record, sentence);
        }
        LOG.debug("{}: stays in its topic", record, cause);
    }
}
