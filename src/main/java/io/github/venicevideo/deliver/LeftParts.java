package io.github.venicevideo.deliver;

import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.settings.Destination;
import io.github.venicevideo.settings.Destinations;
import io.github.venicevideo.venice.endpoint.EndpointTrouble;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the parts of uploads that no job goes on with: its destination was given up, or is not one of its own any longer.
 * Until then the store charges for them, and no listing of objects shows them.
 */
public final class LeftParts {

    private static final Logger LOG = LoggerFactory.getLogger(LeftParts.class);

    private final Ledger ledger;
    private final Destinations destinations;
    private final Storages storages;
    /** Destinations that are known to fail; known to the one thread that looks. */
    private final Set<String> told = new HashSet<>();

    public LeftParts(CamelContext context, Ledger ledger, Destinations destinations) {
        this.ledger = ledger;
        this.destinations = destinations;
        this.storages = new Storages(context, ledger);
    }

    /** One look; what cannot be removed now is tried at the next. */
    public void look() {
        ledger.deliveries().leftUploads().forEach((name, jobs) -> destinations.named(name)
                .ifPresent(destination -> remove(destination, jobs)));
    }

    private void remove(Destination destination, List<String> jobs) {
        Target target = new Target(destination.name(), destination.uri(), "");
        try {
            for (String id : jobs) {
                Job job = ledger.jobs().find(id).orElseThrow();
                storages.of(target, job, true).removeLeftovers();
                LOG.info("{}: what was left at {} of its upload is removed", job.bundle(), destination);
            }
            told.remove(destination.name());
        } catch (Exception e) {
            if (told.add(destination.name())) {
                LOG.warn("What was left at {} of uploads is not removed yet: {}", destination, EndpointTrouble.sending(
                        "venice.destinations." + destination.name(), destination.uri(), e));
            }
        }
    }
}
