package io.github.venicevideo.intake;

import io.github.venicevideo.api.JobNotDeliveredException;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.home.Border;
import io.github.venicevideo.home.Claim;
import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.JobIds;
import io.github.venicevideo.home.drop.Drops;
import io.github.venicevideo.intake.names.BundleNames;
import io.github.venicevideo.intake.problem.ReadLimits;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.venice.Json;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Header;

/** Takes bundles from calls of the host: a request, or the path of a bundle, which is copied. */
public final class Entrance {

    /** Header of the caller: its own name for the job, so that a repeated call answers with the same one. */
    public static final String REFERENCE = "VeniceVideoReference";

    /** Exchange property: the {@link Claim} that an earlier program made for this call and could not record. */
    private static final String LEFT = "veniceLeft";
    /** Exchange property: the {@link Job} that an earlier call recorded, if any. */
    private static final String KNOWN = "veniceKnown";
    /** With the 250 ms between two, some 10 s. */
    private static final int MOST_LOOKS = 40;
    private static final int MOST_BYTES = (int) ReadLimits.DEFAULT.manifestBytes();

    private final Home home;
    private final Ledger ledger;
    private final Border border;
    private final Leftovers leftovers;
    private final Placing placing;

    public Entrance(Home home, Ledger ledger, Border border, JobIds ids, Clock clock, Leftovers leftovers) {
        this.home = home;
        this.border = border;
        this.ledger = ledger;
        this.leftovers = leftovers;
        this.placing = new Placing(home, ids, clock);
    }

    /**
     * Whether this is the repetition of a call that a program before this one did not live to record, and that the start is
     * taking up at this moment. When it is not being taken up, it is this call's to take up.
     *
     * @throws TakenUpException when it still is after some 10 s, as when the disk is full
     */
    public boolean isTakenUp(Exchange exchange) throws IOException {
        exchange.removeProperty(LEFT);
        Optional<String> reference = Optional.ofNullable(exchange.getMessage().getHeader(REFERENCE, String.class));
        if (reference.isEmpty()) {
            return false;
        }
        try {
            leftovers.placedAs(reference.get()).ifPresent(claim -> exchange.setProperty(LEFT, claim));
            return false;
        } catch (TakenUpException e) {
            if (exchange.getProperty(ExchangePropertyKey.LOOP_INDEX, 0, Integer.class) >= MOST_LOOKS) {
                throw e;
            }
            return true;
        }
    }

    /** The job that an earlier call recorded under this reference. */
    public Optional<Job> known(@Header(REFERENCE) String reference) {
        return Optional.ofNullable(reference).flatMap(ledger.jobs()::findByReference);
    }

    /** Whether there is none. */
    public boolean isNew(@ExchangeProperty(KNOWN) Optional<Job> known) {
        return known.isEmpty();
    }

    /**
     * Places a call's body in a work folder of its own, unless it lies in one already.
     *
     * @param left see {@link #isTakenUp}
     * @param body a {@link Map}, JSON text, or a stream of it, such as a call over HTTP has: the body of {@code POST /video/queue}, with our key {@code bundle};
     *         a {@link Path} or {@link File}: a bundle, as it could be dropped
     * @throws IllegalArgumentException when it is neither
     */
    public Claim place(@Body Object body, @Header(REFERENCE) String reference, @ExchangeProperty(LEFT) Claim left)
            throws IOException {
        if (left != null) {
            return left;
        }
        String jobId = placing.nextId();
        Path source = body instanceof File file ? file.toPath() : body instanceof Path path ? path : Path.of("");
        boolean isPath = !source.toString().isEmpty();
        if (isPath && !Files.exists(source)) {
            throw new IllegalArgumentException("There is no bundle at " + source);
        }
        byte[] request = isPath ? new byte[0] : json(body);
        String entry = isPath ? source.toAbsolutePath().getFileName().toString() : "request.json";
        return placing.place(jobId, Drops.DIRECT, isPath ? BundleNames.of(entry) : jobId, entry,
                isPath && Files.isDirectory(source), Optional.ofNullable(reference), staged -> {
                    if (isPath) {
                        border.copy(source, home.work(jobId));
                    } else {
                        DurableFiles.write(staged, request);
                    }
                });
    }

    /**
     * What the caller gets: the id of its job, or of its first take.
     *
     * @param known that an earlier call recorded
     * @throws JobNotDeliveredException when the job has failed already, as it has when the request cannot be used
     */
    public String answer(Exchange exchange, @ExchangeProperty(KNOWN) Optional<Job> known) throws JobNotDeliveredException {
        Job job = known.orElseGet(() -> (Job) exchange.getMessage().getBody(List.class).get(0));
        if (job.state() == JobState.FAILED) {
            throw job.notDelivered();
        }
        return job.id();
    }

    private static byte[] json(Object body) throws IOException {
        if (body instanceof Map<?, ?> map) {
            return Json.pretty(map);
        }
        if (body instanceof String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        if (body instanceof byte[] bytes) {
            return bytes;
        }
        if (body instanceof InputStream stream) {
            byte[] bytes = stream.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IllegalArgumentException("The body is longer than the " + MOST_BYTES / 1024 / 1024 + " MB that a request may"
                        + " have: put its media into a bundle, and give the path of it");
            }
            return bytes;
        }
        throw new IllegalArgumentException("The body must be a request as a Map, JSON text or a stream of it, or the path of a bundle"
                + " as a Path or File, not " + (body == null ? "empty" : body.getClass().getName()));
    }
}
