package io.github.venicevideo.ledger;

import io.github.venicevideo.home.drop.Drops;
import io.github.venicevideo.ledger.job.Due;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.Spend;
import io.github.venicevideo.ledger.job.Wakeups;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Jobs that a budget holds, and what becomes of them when it is another one. */
public final class HeldByBudget {

    private final Jdbi jdbi;
    private final Clock clock;
    private final Wakeups wakeups;

    HeldByBudget(Jdbi jdbi, Clock clock, Wakeups wakeups) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.wakeups = wakeups;
    }

    /**
     * Lets go on what the budgets of now allow: oldest first, takes together, each with its price reserved, all in one
     * transaction. What only today's spending keeps back goes on with the next day; what a person has approved up to less than it
     * costs waits for a person. May be done again: what has its price reserved today is not counted twice.
     *
     * @param api whose jobs can be sent now
     * @return those that go on now
     */
    public List<Job> free(Drops drops, String api, ZoneId zone) {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, zone);
        Instant tomorrow = today.plusDays(1).atStartOfDay(zone).toInstant();
        List<Job> freed = jdbi.inTransaction(handle -> {
            List<Job> going = new ArrayList<>();
            for (Job job : held(handle, api)) {
                boolean withinItsOwn = job.approvedPrice().isEmpty() && drops.perJob(job.dropName(), job.options().maxPrice())
                        .filter(limit -> limit < job.price().orElseThrow()).isEmpty();
                if (!withinItsOwn) {
                    continue;
                }
                Optional<Spend.Limit> over = Spend.reserve(handle, job, job.price().orElseThrow(), drops.budget().perDay(),
                        drops.named(job.dropName()).budget().perDay(), today.toString());
                if (over.isEmpty()) {
                    going.add(job);
                }
                if (over.isEmpty() || over.get().fitsAnEmptyDay()) {
                    goesOn(handle, job, over.isEmpty() ? now : tomorrow);
                }
            }
            return going;
        });
        wakeups.wake(Due.HELD);
        return freed;
    }

    /** Not a change of state: whoever answers it meanwhile finds it as it was parked. */
    private static void goesOn(Handle handle, Job job, Instant at) {
        handle.createUpdate("UPDATE job SET resume_at = :at, due_at = CASE WHEN filed = 1 THEN :at ELSE due_at END WHERE id = :id")
                .bindMap(Map.of("at", at, "id", job.id())).execute();
    }

    private static List<Job> held(Handle handle, String api) {
        return handle.createQuery("SELECT * FROM job WHERE state = 'parked' AND reason = 'over-budget' AND api = :api"
                        + " AND price IS NOT NULL ORDER BY id")
                .bind("api", api).mapTo(Job.class).list();
    }
}
