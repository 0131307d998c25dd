package io.github.venicevideo.deliver;

import io.github.venicevideo.home.Home;
import io.github.venicevideo.ledger.Delivery;
import io.github.venicevideo.ledger.Exchanges;
import io.github.venicevideo.ledger.Job;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.Video;
import io.github.venicevideo.settings.Destination;
import io.github.venicevideo.settings.Destinations;
import io.github.venicevideo.settings.Settings;
import java.io.File;
import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Brings retrieved videos to their destinations: each once, each checked, whatever breaks off in between. */
public final class Deliver {

    /** The exchange property that holds the {@link Target} in hand. */
    public static final String TARGET = "veniceTarget";

    private static final Logger LOG = LoggerFactory.getLogger(Deliver.class);

    private final CamelContext context;
    private final Home home;
    private final Ledger ledger;
    private final Destinations destinations;
    private final VideoNames names;

    public Deliver(CamelContext context, Home home, Ledger ledger, Destinations destinations, Settings settings) {
        this.context = context;
        this.home = home;
        this.ledger = ledger;
        this.destinations = destinations;
        this.names = new VideoNames(settings.required("venice.delivery.name"), ZoneId.of(settings.required("venice.zone")));
    }

    /** The destinations that do not have the video yet, each with a name there that is this job's alone. */
    public List<Target> plan(@ExchangeProperty(Exchanges.JOB) Job job) throws IOException {
        List<Delivery> begun = ledger.deliveries(job.id());
        Set<String> done = begun.stream().filter(Delivery::isDone).map(Delivery::destination).collect(Collectors.toSet());
        List<Target> targets = new ArrayList<>();
        for (Destination destination : destinations.chosen(job.options().deliverTo())) {
            if (!done.contains(destination.name())) {
                Optional<String> reserved = begun.stream()
                        .filter(delivery -> delivery.destination().equals(destination.name()))
                        .map(Delivery::name).findFirst();
                String name = reserved.isPresent() ? reserved.get() : reserve(job, destination);
                targets.add(new Target(destination.name(), destination.uri(), name));
            }
        }
        return targets;
    }

    /** The sidecar's content. */
    public byte[] sidecar(@ExchangeProperty(Exchanges.JOB) Job job) {
        return JobDocument.bytes(JobDocument.sidecar(job));
    }

    /** The video's file. */
    public File video(@ExchangeProperty(Exchanges.JOB) Job job) {
        return home.work(job.id()).video().toFile();
    }

    /**
     * Checks the video where it is now.
     *
     * @return where that is, without credentials
     */
    public String verify(@ExchangeProperty(Exchanges.JOB) Job job, @ExchangeProperty(TARGET) Target target)
            throws IOException {
        Video video = job.video().orElseThrow(() -> new IllegalStateException("Job " + job.id() + " has no video"));
        Optional<FolderDestination> folder = FolderDestination.of(context, target.uri());
        return folder.isPresent() ? folder.get().verify(target.name(), video).toString()
                : withoutCredentials(target.uri()) + "/" + target.name() + ".mp4";
    }

    /**
     * Checks what an S3 bucket says that it holds.
     *
     * @throws IOException when it is not what was to be delivered
     */
    public void verifyObject(@ExchangeProperty(Exchanges.JOB) Job job, @ExchangeProperty(TARGET) Target target,
            @Body HeadObjectResponse head) throws IOException {
        long expected = job.video().map(Video::bytes).orElse(0L);
        if (head.contentLength() != expected) {
            throw new IOException("The object " + target + " has " + head.contentLength() + " bytes instead of "
                    + expected + ". It is delivered again.");
        }
    }

    /** Records that one destination has the video. */
    public void deliveredTo(@ExchangeProperty(Exchanges.JOB) Job job, @ExchangeProperty(TARGET) Target target,
            @Body String location) {
        ledger.deliveredTo(job.id(), target.destination(), location);
        LOG.info("{}: delivered to {}: {}", job.bundle(), target.destination(), location);
    }

    /**
     * Records that every destination has the video.
     *
     * @throws IllegalStateException when one has not; the others are not delivered to again
     */
    public Job delivered(@ExchangeProperty(Exchanges.JOB) Job job) throws IOException {
        List<Target> left = plan(job);
        if (!left.isEmpty()) {
            throw new IllegalStateException(job.bundle() + " could not be delivered to " + left.stream()
                    .map(Target::destination).collect(Collectors.joining(", ")) + "; it is tried again");
        }
        return ledger.delivered(job);
    }

    private String reserve(Job job, Destination destination) throws IOException {
        String plain = names.of(job);
        Optional<FolderDestination> folder = FolderDestination.of(context, destination.uri());
        boolean taken = folder.isPresent() && folder.get().isTaken(plain, job.id());
        if (!taken) {
            Optional<String> name = ledger.reserveName(job.id(), destination.name(), plain);
            if (name.isPresent()) {
                return name.get();
            }
        }
        return ledger.reserveName(job.id(), destination.name(), VideoNames.safe(plain, "-" + job.id()))
                .orElseThrow(() -> new IllegalStateException("Another job has taken a name that holds the id " + job.id()));
    }

    /** Credentials stand in the options, or before an @. */
    private static String withoutCredentials(String uri) {
        int options = uri.indexOf('?');
        return (options < 0 ? uri : uri.substring(0, options)).replaceFirst("//[^/]*@", "//");
    }
}
