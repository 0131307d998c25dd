package io.github.venicevideo.intake.source;

import io.github.venicevideo.home.Claim;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.JobIds;
import io.github.venicevideo.home.drop.Source;
import io.github.venicevideo.home.drop.Sources;
import io.github.venicevideo.intake.Leftovers;
import io.github.venicevideo.intake.Placing;
import io.github.venicevideo.ledger.Ledger;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes requests out of a broker's queue. Its consumer's session commits when the exchange has come through, so only once
 * the request is recorded.
 */
public final class MessageSource {

    private static final Logger LOG = LoggerFactory.getLogger(MessageSource.class);
    private static final String ENTRY = "request.json";

    private final Sources sources;
    private final Ledger ledger;
    private final Leftovers leftovers;
    private final Placing placing;

    public MessageSource(Home home, Sources sources, Ledger ledger, Leftovers leftovers, JobIds ids, Clock clock) {
        this.sources = sources;
        this.ledger = ledger;
        this.leftovers = leftovers;
        this.placing = new Placing(home, ids, clock);
    }

    /** What the consumer brought, by its reference. */
    public SourceMessage message(String name, Exchange exchange) throws MessageLostException {
        return JmsMessages.read(sources.named(name), exchange);
    }

    /** Whether a message was not recorded before: else it is only still to be acknowledged. */
    public boolean isNew(@Body SourceMessage message) {
        return ledger.jobs().findByReference(message.reference()).isEmpty();
    }

    /** Writes a message into a work folder of its own, unless a program before this one did and could not record it. */
    public Claim place(@Body SourceMessage message) throws IOException {
        Optional<Claim> left = leftovers.placedAs(message.reference());
        if (left.isPresent()) {
            return left.get();
        }
        Source source = sources.named(message.source());
        String jobId = placing.nextId();
        Claim claim = placing.place(jobId, source.drop(), jobId, ENTRY, false, Optional.of(message.reference()),
                message.content());
        LOG.info("{}: taken from the source {}", claim.bundle(), source);
        return claim;
    }
}
