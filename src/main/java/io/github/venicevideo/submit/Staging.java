package io.github.venicevideo.submit;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.Troubles;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.remote.StagedMedia;
import io.github.venicevideo.ledger.work.Exchanges;
import io.github.venicevideo.s3.S3Endpoints;
import io.github.venicevideo.s3.UploadParts;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.settings.StagingSettings;
import io.github.venicevideo.venice.Backoff;
import io.github.venicevideo.venice.answer.QueueFailure;
import io.github.venicevideo.venice.endpoint.EndpointTrouble;
import io.github.venicevideo.venice.request.Media;
import io.github.venicevideo.venice.request.StagingPlan;
import io.github.venicevideo.venice.request.VideoRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Puts media that are too large for the request's body into a bucket, and gives the provider URLs instead. Such a URL is a
 * secret: it is made when the body is, and kept nowhere. What a request is known by stays the bytes of its media.
 */
public final class Staging {

    private static final Logger LOG = LoggerFactory.getLogger(Staging.class);
    private static final String SETTING = "venice.staging.uri";
    private static final String REMOVAL = "removal";
    private static final int SERVER_ERROR = 500;
    private static final int LOCKS = 64;

    private final CamelContext context;
    private final Home home;
    private final Ledger ledger;
    private final Clock clock;
    private final Backoff backoff;
    private final Optional<StagingSettings> settings;
    private final UploadParts parts;
    private final RandomGenerator random = RandomGenerator.getDefault();
    /** Held while a key is uploaded to: jobs that share a content would abort each other's parts. */
    private final Object[] uploads = Stream.generate(Object::new).limit(LOCKS).toArray();
    private volatile Optional<String> trouble = Optional.empty();
    private volatile int troubles;
    private volatile Instant nextSweep = Instant.EPOCH;
    /** The last key of the last sweep; empty where that came to the end. */
    private volatile String sweptTo = "";

    public Staging(CamelContext context, Home home, Ledger ledger, Clock clock, Settings settings,
            UploadParts parts) {
        this.context = context;
        this.home = home;
        this.ledger = ledger;
        this.clock = clock;
        this.backoff = new Backoff(settings.duration("venice.retry.initial-delay"),
                settings.duration("venice.retry.max-delay"));
        this.settings = StagingSettings.of(settings);
        this.parts = parts;
    }

    /**
     * Uploads what a job's request needs in the bucket, each content once, noted in the ledger before. Settles a job whose files
     * are not what was recorded; one for which the store cannot be had waits.
     */
    public void stage(@ExchangeProperty(Exchanges.JOB) Job job, Exchange exchange) {
        try {
            stage(job);
        } catch (IOException | RuntimeException e) {
            Exchanges.settled(exchange);
            QueueFailure.mediaChanged(e).ifPresentOrElse(changed -> Refusals.fail(ledger, job, changed), () -> waitForStore(job, e));
        }
    }

    void stage(Job job) throws IOException {
        List<Media> media = plan(job.request());
        if (media.isEmpty()) {
            return;
        }
        StagingBucket bucket = bucket();
        for (Media medium : media) {
            stage(job, medium, bucket);
        }
        ledger.troubles().worked(Troubles.STAGING, job.id());
    }

    private void stage(Job job, Media medium, StagingBucket bucket) throws IOException {
        try (StagedFile file = StagedFile.of(medium, home.work(job.id()).path())) {
            String key = ledger.stagedMedia().intend(job.id(), bucket.name(), medium.sha256(),
                    bucket.keyOf(medium.sha256(), job.id(), medium.mimeType()));
            synchronized (uploads[Math.floorMod(key.hashCode(), uploads.length)]) {
                if (!bucket.holds(key, medium.sha256(), Files.size(file.path()))) {
                    file.verify();
                    LOG.info("{}: staging {}, {} bytes", job.bundle(), medium.field(), Files.size(file.path()));
                    bucket.upload(key, file.path(), medium.sha256(), medium.mimeType());
                }
            }
            ledger.stagedMedia().uploaded(key);
        }
    }

    private void waitForStore(Job job, Exception cause) {
        String sentence = trouble(cause);
        Duration pause = backoff.after(job.troubleCount() + 1, random);
        LOG.warn("{}: its media cannot be staged yet, tried again: {}", job.bundle(), sentence);
        ledger.troubles().failed(Troubles.STAGING, job.id(), sentence, pause);
        ledger.transitions().received(job, clock.instant().plus(pause), "Its media could not be put into the staging bucket yet: "
                + sentence);
    }

    /** The request as it goes out: URLs in place of what is staged. Never to be kept. */
    VideoRequest outgoing(Job job) throws IOException {
        List<Media> staged = plan(job.request());
        if (staged.isEmpty()) {
            return job.request();
        }
        StagingBucket bucket = bucket();
        ObjectNode fields = job.request().fields().deepCopy();
        List<Media> rest = new ArrayList<>(job.request().media());
        for (Media medium : staged) {
            String key = ledger.stagedMedia().find(job.id(), bucket.name(), medium.sha256()).orElseThrow(() ->
                    new IOException("The medium for " + medium.field() + " is not in the staging bucket"));
            set(fields, JsonPointer.compile(medium.field()), bucket.url(key, settings.orElseThrow().urlLife()).toString());
            rest.remove(medium);
        }
        return new VideoRequest(fields, rest);
    }

    /** Removes what no job needs any longer, also what a program that died has left. */
    public void sweep() {
        if (settings.isEmpty() || !backoff.isOver(nextSweep, clock.instant())) {
            return;
        }
        try {
            // The store is not asked as long as there is nothing to remove.
            List<String> keys = ledger.stagedMedia().hasUnneeded()
                    ? ledger.stagedMedia().unneeded(bucket().name(), sweptTo) : List.of();
            sweptTo = keys.size() < StagedMedia.MOST_AT_ONCE ? "" : keys.get(keys.size() - 1);
            Optional<RuntimeException> refusal = Optional.empty();
            for (String key : keys) {
                try {
                    bucket().remove(key);
                    ledger.stagedMedia().removed(key);
                } catch (S3Exception | StagingBucket.StillThereException e) {
                    // With a hold on it one object stays for long: the others are no concern of that.
                    refusal = refusal.or(() -> Optional.of(e));
                    if (e instanceof S3Exception answer && answer.statusCode() >= SERVER_ERROR) {
                        break;
                    }
                }
            }
            refusal.ifPresentOrElse(this::sweepAgain, () -> {
                trouble = Optional.empty();
                troubles = 0;
                ledger.troubles().worked(Troubles.STAGING, REMOVAL);
            });
        } catch (RuntimeException e) {
            sweepAgain(e);
        }
    }

    private void sweepAgain(RuntimeException cause) {
        String sentence = trouble(cause);
        if (trouble.filter(sentence::equals).isEmpty()) {
            LOG.warn("Not all that is to be removed from the staging bucket can be; it is tried again: {}", sentence);
        }
        trouble = Optional.of(sentence);
        troubles++;
        Duration pause = backoff.after(troubles, random);
        nextSweep = clock.instant().plus(pause);
        ledger.troubles().failed(Troubles.STAGING, REMOVAL, sentence, pause);
    }

    private String trouble(Exception cause) {
        return EndpointTrouble.using(SETTING, settings.orElseThrow().uri(), cause);
    }

    private List<Media> plan(VideoRequest request) throws IOException {
        return settings.isEmpty() ? List.of()
                : StagingPlan.of(request, settings.get().all(), StagingPlan.MOST_BODY_BYTES);
    }

    private StagingBucket bucket() {
        return new StagingBucket(S3Endpoints.started(context, SETTING, settings.orElseThrow().uri()), parts);
    }

    private static void set(ObjectNode fields, JsonPointer pointer, String url) {
        JsonNode parent = fields.at(pointer.head());
        if (parent instanceof ArrayNode list) {
            list.set(pointer.last().getMatchingIndex(), TextNode.valueOf(url));
        } else {
            ((ObjectNode) parent).put(pointer.last().getMatchingProperty(), url);
        }
    }
}
