package io.github.venicevideo.submit;

import io.github.venicevideo.home.DiskRoom;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.job.Due;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.limit.Gate;
import io.github.venicevideo.ledger.limit.Limits;
import io.github.venicevideo.ledger.work.JobSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims jobs for sending only while the gate is open, the budgets allow it and the disk has room for videos, oldest first;
 * those that are likely to be refused step aside while failures are scarce, so that they do not keep the others waiting.
 */
public final class NextToSend implements JobSource {

    private static final Logger LOG = LoggerFactory.getLogger(NextToSend.class);
    private static final Duration ASIDE = Duration.ofSeconds(3);
    /** So many doubtful jobs are passed over at once; the rest of them the next time. */
    private static final int MOST_ASIDE = 100;

    private final Ledger ledger;
    private final Limits limits;
    private final DiskRoom disk;
    private final Clock clock;
    private boolean told;

    /** @param disk that videos are fetched to: one that nobody can fetch is not paid for, since the provider keeps it for a day */
    public NextToSend(Ledger ledger, Limits limits, DiskRoom disk, Clock clock) {
        this.ledger = ledger;
        this.limits = limits;
        this.disk = disk;
        this.clock = clock;
    }

    @Override
    public Next next(Duration lease) {
        boolean room = hasRoom();
        Optional<Instant> first = ledger.leases().firstDue(Due.RECEIVED);
        if (!room || first.isEmpty()) {
            return Next.nothing();
        }
        if (first.get().isAfter(clock.instant())) {
            return Next.notBefore(first.get());
        }
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

    /** Said once each, by the one thread that claims. */
    private boolean hasRoom() {
        Optional<String> lack = disk.lack(0);
        if (lack.isPresent() != told) {
            told = lack.isPresent();
            LOG.warn(told ? "Nothing is sent to the queue, and every job is kept. {}" : "Jobs are sent to the queue again{}",
                    lack.orElse(""));
        }
        return lack.isEmpty();
    }
}
