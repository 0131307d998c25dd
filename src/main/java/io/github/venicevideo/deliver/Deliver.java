package io.github.venicevideo.deliver;

import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.remote.Delivery;
import io.github.venicevideo.ledger.work.Exchanges;
import io.github.venicevideo.settings.Destination;
import io.github.venicevideo.settings.Destinations;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.endpoint.EndpointTrouble;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings retrieved videos to their destinations: each once, each checked, whatever breaks off in between. */
public final class Deliver {

    /** The exchange property that holds the {@link Target} in hand. */
    public static final String TARGET = "veniceTarget";
    /** The exchange property that holds the {@link Item} in hand. */
    public static final String ITEM = "veniceItem";

    private static final Logger LOG = LoggerFactory.getLogger(Deliver.class);

    private final Ledger ledger;
    private final Destinations destinations;
    private final Clock clock;
    private final Duration optionalFor;
    private final Storages storages;
    private final NameReservation names;

    public Deliver(CamelContext context, Ledger ledger, Destinations destinations, Settings settings, Clock clock) {
        this.ledger = ledger;
        this.destinations = destinations;
        this.clock = clock;
        this.optionalFor = settings.duration("venice.delivery.optional-for");
        this.storages = new Storages(context, ledger);
        destinations.all().forEach(destination -> destination.folder().ifPresent(storages::see));
        this.names = new NameReservation(ledger.deliveries(), storages, new TargetNames(destinations, settings),
                settings.flag("venice.delivery.include-bundle"));
    }

    /** The destinations that do not have the video yet; one that is configured no longer keeps no other from having it. */
    public List<Target> plan(@ExchangeProperty(Exchanges.JOB) Job job) {
        List<Target> targets = new ArrayList<>();
        for (String name : unsettled(job)) {
            Optional<Destination> destination = destinations.named(name);
            destination.ifPresent(there -> targets.add(new Target(name, there.uri(), "")));
            if (destination.isEmpty()) {
                names.reserve(job, name);
                troubled(job, name, "There is no destination " + name + " any more. Configure it with venice.destinations." + name
                        + ", and the video is delivered.");
            }
        }
        return targets;
    }

    /** Finds a name at a destination that is this job's alone. */
    public Target named(@Body Target target, @ExchangeProperty(Exchanges.JOB) Job job) throws IOException {
        return names.take(target, job);
    }

    /** Whether an item is still to be sent; if so the destination is ready for it. */
    public boolean isMissing(@ExchangeProperty(ITEM) Item item, @ExchangeProperty(Exchanges.JOB) Job job,
            @ExchangeProperty(TARGET) Target target) throws IOException {
        Storage storage = storages.of(target, job, true);
        if (storage.holds(item)) {
            return false;
        }
        storage.expect(item);
        return true;
    }

    /** Checks an item where it is now. */
    public void verify(@ExchangeProperty(ITEM) Item item, @ExchangeProperty(Exchanges.JOB) Job job,
            @ExchangeProperty(TARGET) Target target) throws IOException {
        storages.of(target, job, true).verify(item);
    }

    /** Records that one destination has the video. */
    public void deliveredTo(@ExchangeProperty(Exchanges.JOB) Job job, @ExchangeProperty(TARGET) Target target) {
        String location = storages.of(target, job, true).location(target.name() + ".mp4");
        ledger.deliveries().done(job.id(), target.destination(), location);
        LOG.info("{}: delivered to {}: {}", job.bundle(), target.destination(), location);
    }

    /** Records why one destination does not have the video; the others are not kept waiting. */
    public void troubled(@ExchangeProperty(Exchanges.JOB) Job job, @ExchangeProperty(TARGET) Target target,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception exception) {
        troubled(job, target.destination(), EndpointTrouble.sending("venice.destinations." + target.destination(),
                target.uri(), exception));
    }

    private void troubled(Job job, String destination, String message) {
        boolean said = ledger.deliveries().of(job.id(), destination).flatMap(Delivery::trouble).filter(message::equals).isPresent();
        ledger.deliveries().troubled(job.id(), destination, message);
        if (!said) {
            LOG.warn("{}: not delivered to {} yet: {}", job.bundle(), destination, message);
        }
    }

    /**
     * Records that every destination has the video, or is not waited for any longer.
     *
     * @throws IllegalStateException when one has not; the others are not delivered to again
     */
    public Job delivered(@ExchangeProperty(Exchanges.JOB) Job job) {
        List<String> left = new ArrayList<>();
        for (String destination : unsettled(job)) {
            if (isGivenUp(job, destination)) {
                ledger.deliveries().givenUp(job.id(), destination);
                LOG.warn("{}: {} does not get it; it is optional, and has failed for {} s", job.bundle(), destination,
                        optionalFor.toSeconds());
            } else {
                left.add(destination);
            }
        }
        if (!left.isEmpty()) {
            throw new IllegalStateException(job.bundle() + " could not be delivered to " + String.join(", ", left)
                    + "; it is tried again");
        }
        return ledger.transitions().delivered(job);
    }

    /** An optional destination is given up after a while; never the only one that there is, since the video would be lost. */
    private boolean isGivenUp(Job job, String destination) {
        List<Delivery> begun = ledger.deliveries().of(job.id());
        Optional<Delivery> delivery = begun.stream().filter(each -> each.destination().equals(destination)).findFirst();
        return destinations.named(destination).filter(there -> !there.required()).isPresent()
                && begun.stream().anyMatch(Delivery::isDone)
                && delivery.flatMap(Delivery::troubleSince)
                        .filter(since -> !since.plus(optionalFor).isAfter(clock.instant())).isPresent();
    }

    private List<String> unsettled(Job job) {
        List<String> settled = ledger.deliveries().of(job.id()).stream().filter(Delivery::isSettled)
                .map(Delivery::destination).toList();
        return destinations.chosenNames(job.options().deliverTo()).stream().filter(name -> !settled.contains(name)).toList();
    }
}
