package io.github.venicevideo.intake.source;

import io.github.venicevideo.home.Claim;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.JobIds;
import io.github.venicevideo.home.drop.Source;
import io.github.venicevideo.home.drop.Sources;
import io.github.venicevideo.intake.Leftovers;
import io.github.venicevideo.intake.Placed;
import io.github.venicevideo.intake.Placing;
import io.github.venicevideo.intake.TakenUpException;
import io.github.venicevideo.intake.names.BundleNames;
import io.github.venicevideo.intake.problem.ReadLimits;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.remote.Receipts;
import io.github.venicevideo.s3.S3Endpoints;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.endpoint.EndpointTrouble;
import io.github.venicevideo.venice.endpoint.Sentences;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Takes bundles out of S3 buckets: fetched whole, recorded, and only then removed. An object keeps its place until the
 * ledger has its job; a second look at it is known by its key and its content's version.
 *
 * <p>The component's own consumer is not used: it opens every object of a page before the first is taken, cannot get
 * beyond a page of objects that have to stay, and deletes by name, whatever the name stands for by then.
 */
public final class BucketSource {

    /** The exchange property that holds the {@link BucketBundle} in hand. */
    static final String BUNDLE = "veniceBucketBundle";

    private static final Logger LOG = LoggerFactory.getLogger(BucketSource.class);
    private static final int MOST_AT_ONCE = 20;

    private final CamelContext context;
    private final Sources sources;
    private final Ledger ledger;
    private final SourceWatch watch;
    private final Placing placing;
    private final BucketSettling settling;
    private final BucketRounds rounds = new BucketRounds(BucketRounds.USUAL);
    private final BucketVersions versions = new BucketVersions();
    private final BucketTurns turns = new BucketTurns();
    private final Placed placed;

    public BucketSource(CamelContext context, Home home, Sources sources, Ledger ledger, Leftovers leftovers,
            SourceWatch watch, JobIds ids, Clock clock, Settings settings) {
        this.context = context;
        this.sources = sources;
        this.ledger = ledger;
        this.placed = new Placed(leftovers);
        this.watch = watch;
        this.placing = new Placing(home, ids, clock);
        this.settling = new BucketSettling(clock, settings.duration("venice.drop.settle"));
    }

    /** The bundles in the next part of a bucket that are to be taken or removed now; none while it cannot be read. */
    public List<BucketBundle> look(String name) {
        Source source = sources.named(name);
        if (!watch.isDue(source)) {
            return List.of();
        }
        try {
            Bucket bucket = bucket(source);
            BucketPart part = rounds.next(name, bucket);
            watch.worked(source);
            forgetWhatIsGone(name, bucket, part);
            return due(name, part.bundles(), bucket);
        } catch (RuntimeException e) {
            watch.failed(source, e);
            return List.of();
        }
    }

    /** No bundle that fails ends the look at the others, as long as the store answers. */
    private List<BucketBundle> due(String name, List<BucketBundle> found, Bucket bucket) {
        List<BucketBundle> due = new ArrayList<>();
        int failures = 0;
        for (BucketBundle bundle : turns.inTurn(found)) {
            if (due.size() + failures == MOST_AT_ONCE) {
                break;
            }
            try {
                due(bundle, bucket).ifPresent(due::add);
            } catch (S3Exception e) {
                failed(bundle, e);
                failures++;
            } catch (SdkException e) {
                // No answer: the next look begins with the others.
                failed(bundle, e);
                break;
            } catch (RuntimeException e) {
                LOG.warn("The source {} was read, and this program could not go on with it; it does at the next look: {}", name,
                        Sentences.of(e));
                break;
            }
        }
        return due;
    }

    /** What is no longer in a bucket needs no memory. */
    private void forgetWhatIsGone(String name, Bucket bucket, BucketPart part) {
        String keys = "source:" + name + ":" + bucket.name() + "/";
        Set<String> there = part.bundles().stream().map(BucketBundle::place).collect(Collectors.toSet());
        Predicate<String> gone = place -> place.startsWith(keys) && part.covers(place.substring(keys.length()))
                && !there.contains(place);
        placed.forgetThose(reference -> gone.test(BucketBundle.placeOf(reference)));
        settling.forgetThose(gone);
        watch.forgetThose(gone);
        versions.forgetThose(gone);
        turns.forgetThose(gone);
    }

    private Optional<BucketBundle> due(BucketBundle bundle, Bucket bucket) {
        if (isRecorded(bundle, bucket.removes())) {
            return Optional.of(bundle).filter(recorded -> bucket.removes());
        }
        String refusal = BucketListing.refusal(bundle, ReadLimits.DEFAULT);
        if (!refusal.isEmpty()) {
            leave(bundle, "is not taken: " + refusal);
            return Optional.empty();
        }
        if (!settling.isSettled(bundle)) {
            return Optional.empty();
        }
        return versions.named(bundle, bucket).filter(named -> !isRecorded(named, bucket.removes()) || bucket.removes());
    }

    /** What stays is through with it; what is to be removed only once it is. */
    private boolean isRecorded(BucketBundle bundle, boolean removes) {
        boolean recorded = ledger.jobs().findByReference(bundle.reference()).isPresent();
        if (recorded && !removes) {
            watch.takes(bundle.place());
        }
        return recorded;
    }

    private void leave(BucketBundle bundle, String why) {
        String sentence = bundle + " stays in the source " + bundle.source() + " and " + why;
        if (watch.leaves(bundle.place(), sentence)) {
            LOG.error("{}: {}", bundle, sentence);
        }
    }

    /** Whether the ledger has no job of a bundle: else this is a second look, and only its objects are still to be removed. */
    public boolean isNew(@ExchangeProperty(BUNDLE) BucketBundle bundle) {
        return ledger.jobs().findByReference(bundle.reference()).isEmpty();
    }

    /** Fetches a bundle into a work folder of its own, unless that was done before and not recorded. */
    public Claim place(@ExchangeProperty(BUNDLE) BucketBundle bundle) throws IOException {
        return placed.once(bundle.reference(), () -> fetch(bundle));
    }

    private Claim fetch(BucketBundle bundle) throws IOException {
        Source source = sources.named(bundle.source());
        Bucket bucket = bucket(source);
        if (bundle.folder()) {
            ledger.receipts().keep(bundle.reference(), bundle.objects().stream().map(object -> new Receipts.Item(
                    object.key(), object.etag(), object.bytes(), object.modified())).toList());
        }
        Claim claim = placing.place(placing.nextId(), source.drop(), BundleNames.of(bundle.entry()), bundle.entry(),
                bundle.folder(), Optional.of(bundle.reference()), staged -> fill(bundle, bucket, staged));
        LOG.info("{}: taken from the source {}", claim.bundle(), source);
        return claim;
    }

    private static void fill(BucketBundle bundle, Bucket bucket, Path staged) throws IOException {
        if (!bundle.folder()) {
            bucket.fetch(bundle.trigger(), staged);
            return;
        }
        Files.createDirectories(staged);
        for (BucketObject object : bundle.objects()) {
            Path file = staged.resolve(bundle.fileOf(object));
            Files.createDirectories(file.getParent());
            bucket.fetch(object, file);
        }
    }

    /** Removes what was taken, now that it is recorded; the object that made it a bundle goes last. */
    public void acknowledge(@ExchangeProperty(BUNDLE) BucketBundle bundle) {
        Bucket bucket = bucket(sources.named(bundle.source()));
        placed.recorded(bundle.reference());
        if (bucket.removes()) {
            Optional<List<Receipts.Item>> receipt = bundle.folder() ? ledger.receipts().find(bundle.reference())
                    : Optional.empty();
            List<BucketObject> taken = receipt.map(items -> items.stream().map(item -> taken(item, bundle)).toList())
                    .orElse(List.of(bundle.trigger()));
            taken.forEach(bucket::remove);
        }
        if (bundle.folder()) {
            ledger.receipts().discard(bundle.reference());
        }
        turns.worked(bundle);
        watch.takes(bundle.place());
    }

    private static BucketObject taken(Receipts.Item item, BucketBundle bundle) {
        BucketObject object = new BucketObject(item.name(), item.version(), item.bytes(), item.modified());
        return object.withVersionId(item.name().equals(bundle.trigger().key()) ? bundle.trigger().versionId() : "");
    }

    /** A bundle could not be taken, or not be removed; it stays where it is, and is looked at again. */
    public void failed(@ExchangeProperty(BUNDLE) BucketBundle bundle,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception cause) {
        versions.forget(bundle);
        turns.failed(bundle);
        if (cause instanceof TakenUpException) {
            LOG.debug("{}: is being taken up elsewhere", bundle, cause);
            return;
        }
        String sentence = EndpointTrouble.using("venice.drop.sources." + bundle.source(),
                sources.named(bundle.source()).uri(), cause);
        leave(bundle, "is tried again and again: " + sentence);
        LOG.debug("{}: stays in the source {}", bundle, bundle.source(), cause);
    }

    private Bucket bucket(Source source) {
        return new Bucket(S3Endpoints.started(context, "venice.drop.sources." + source.name(), source.uri()));
    }
}
