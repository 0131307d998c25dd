package io.github.venicevideo.deliver;

import io.github.venicevideo.api.JobNotDeliveredException;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.remote.Delivery;
import io.github.venicevideo.settings.Settings;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;

/** Lets a caller wait for its video, on the ledger and not on a thread. */
public final class Generate {

    /** Header of the caller: how long to wait at most, in milliseconds, instead of {@code venice.generate.timeout}. */
    public static final String TIMEOUT = "VeniceVideoTimeout";
    /** The exchange property that holds the job's id. */
    public static final String JOB_ID = "veniceJobId";

    /** A scheme has two letters at least, which the drive of a path has not. */
    private static final Pattern ENDPOINT = Pattern.compile("[a-z][a-z0-9+.-]+:");

    private final Ledger ledger;
    private final Clock clock;
    private final Duration timeout;

    public Generate(Ledger ledger, Clock clock, Settings settings) {
        this.ledger = ledger;
        this.clock = clock;
        this.timeout = settings.duration("venice.generate.timeout");
    }

    /** Until when to wait. */
    public Instant deadline(@Header(TIMEOUT) Long timeoutMillis) {
        return clock.instant().plus(Optional.ofNullable(timeoutMillis).map(Duration::ofMillis).orElse(timeout));
    }

    /** Whether the video may still come by itself, and there is time left. */
    public boolean isWaiting(@ExchangeProperty(JOB_ID) String jobId, @ExchangeProperty("veniceDeadline") Instant deadline) {
        JobState state = job(jobId).state();
        return !state.isFinal() && state != JobState.PARKED && clock.instant().isBefore(deadline);
    }

    /**
     * The finished file.
     *
     * @throws JobNotDeliveredException when the job has failed, is parked, or is not through in time
     */
    public File video(@ExchangeProperty(JOB_ID) String jobId) throws JobNotDeliveredException {
        Job job = job(jobId);
        if (job.state() != JobState.DELIVERED) {
            throw job.notDelivered();
        }
        return ledger.deliveries().of(jobId).stream()
                .map(Delivery::location)
                .flatMap(Optional::stream)
                .filter(location -> !ENDPOINT.matcher(location).lookingAt())
                .map(Path::of)
                .filter(Files::isRegularFile)
                .findFirst()
                .map(Path::toFile)
                .orElseThrow(() -> new IllegalStateException("Job " + jobId + " is delivered, but to no local folder;"
                        + " add one to venice.delivery.to, or wait for its event instead"));
    }

    private Job job(String jobId) {
        return ledger.jobs().find(jobId).orElseThrow(() -> new IllegalStateException("There is no job " + jobId));
    }
}
