package io.github.venicevideo.poll;

import io.github.venicevideo.api.InFlight;
import io.github.venicevideo.ledger.job.Making;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The jobs in the making as they stood a moment ago: read from the ledger whole once a minute, and in between only what
 * has changed, so that ten thousand of them cost little each time one is chosen. What is out of date here shows when
 * a job is claimed. For use by one thread.
 */
final class JobsInFlight {

    private static final Duration WHOLE = Duration.ofMinutes(1);
    /** Changes are committed a little after the time that they bear, and other machines' clocks differ a little. */
    private static final Duration OVERLAP = Duration.ofSeconds(5);

    private final Making making;
    private final String api;
    private final Clock clock;
    private final Map<String, InFlight> jobs = new HashMap<>();
    private Instant readWhole = Instant.MIN;
    private Instant read = Instant.MIN;

    JobsInFlight(Making making, String api, Clock clock) {
        this.making = making;
        this.api = api;
        this.clock = clock;
    }

    /** Those that may be asked about now. */
    List<InFlight> due() {
        Instant now = clock.instant();
        refresh(now);
        return jobs.values().stream().filter(job -> !job.dueAt().isAfter(now)).toList();
    }

    /** The job is being asked about. */
    void asked(InFlight job) {
        jobs.put(job.id(), job.asked(clock.instant()));
    }

    /** The job is no longer in the making. */
    void forget(InFlight job) {
        jobs.remove(job.id());
    }

    private void refresh(Instant now) {
        boolean whole = readWhole.equals(Instant.MIN) || now.isBefore(read) || !now.isBefore(readWhole.plus(WHOLE));
        List<InFlight> rows = making.jobs(api, whole ? Optional.empty() : Optional.of(read.minus(OVERLAP)));
        Map<String, InFlight> before = whole ? Map.copyOf(jobs) : jobs;
        if (whole) {
            jobs.clear();
            readWhole = now;
        }
        rows.forEach(row -> jobs.put(row.id(), latest(row, Optional.ofNullable(before.get(row.id())), now)));
        read = now;
    }

    /** A question that is on its way is not in the ledger yet. */
    private static InFlight latest(InFlight row, Optional<InFlight> known, Instant now) {
        return known.flatMap(InFlight::askedAt)
                .filter(at -> !at.isAfter(now) && row.askedAt().map(at::isAfter).orElse(true))
                .map(row::asked)
                .orElse(row);
    }
}
