package io.github.venicevideo.submit;

import io.github.venicevideo.ledger.Due;
import io.github.venicevideo.ledger.Gate;
import io.github.venicevideo.ledger.Job;
import io.github.venicevideo.ledger.JobSource;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.Limits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Claims jobs for sending only while the gate is open and the budgets allow it, oldest first; those that are likely to
 * be refused step aside while failures are scarce, so that they do not keep the others waiting.
 */
public final class NextToSend implements JobSource {

    private static final Duration ASIDE = Duration.ofSeconds(3);
    /** So many doubtful jobs are passed over at once; the rest of them the next time. */
    private static final int MOST_ASIDE = 100;

    private final Ledger ledger;
    private final Limits limits;
    private final Clock clock;

    public NextToSend(Ledger ledger, Limits limits, Clock clock) {
        this.ledger = ledger;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public Next next(Duration lease) {
        Optional<Gate.Closed> closed = limits.gate().closed();
        if (closed.isPresent() && !closed.get().trial() || !limits.failures().allows()) {
            return Next.nothing();
        }
        Instant permit = limits.queue().nextAt();
        if (permit.isAfter(clock.instant())) {
            return Next.notBefore(permit);
        }
        for (int aside = 0; aside < MOST_ASIDE; aside++) {
            Optional<Job> job = ledger.leases().claim(Due.RECEIVED, lease);
            if (job.isEmpty()) {
                return Next.nothing();
            }
            if (limits.failures().isDoubtful(Submit.modelOf(job.get())) && !limits.failures().allowsDoubtful()) {
                ledger.leases().release(job.get(), ASIDE);
            } else {
                return Next.of(job.get());
            }
        }
        return Next.nothing();
    }
}
