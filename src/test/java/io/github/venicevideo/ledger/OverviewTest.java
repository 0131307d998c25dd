package io.github.venicevideo.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.MovableClock;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.ledger.job.Due;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.Reason;
import io.github.venicevideo.ledger.job.Video;
import io.github.venicevideo.ledger.store.MigrationsTest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What is counted as it changes is what a count of everything would come to. */
@Timeout(180)
class OverviewTest {

    @RegisterExtension
    private final OpenLedger open = new OpenLedger();
    private final MovableClock clock = open.clock();
    private final Ledger ledger = open.ledger();

    @Test
    void everyChangeOfAJobIsCountedAsItHappens() {
        open.record("1");
        checked();
        Job sending = ledger.transitions().submitting(open.take());
        checked();
        ledger.transitions().received(sending, clock.instant(), "Too fast");
        checked();
        sending = ledger.transitions().submitting(open.take());
        ledger.transitions().generating(sending, "model", "queue-1", Optional.empty(), clock.instant(), clock.instant());
        checked();
        ledger.making().asked(open.claim(Due.GENERATING), Optional.empty(), clock.instant());
        checked();
        ledger.transitions().retrieved(open.claim(Due.GENERATING), new Video(9, "sha", 5_000, 96, 96));
        checked();
        ledger.transitions().delivered(open.claim(Due.RETRIEVED));
        ledger.transitions().filed(open.claim(Due.UNFILED), "/done/1");
        checked();

        open.record("2");
        ledger.transitions().parked(open.take(), Reason.NEEDS_CONSENT, "m", Optional.empty());
        checked();
        ledger.transitions().filed(open.claim(Due.UNFILED), "/parked/2");
        ledger.parkedJobs().answeredToEnd(ledger.jobs().find("2").orElseThrow(), "No");
        checked();
        ledger.jdbi().useHandle(handle -> handle.execute("UPDATE job SET polls = polls + 3 WHERE id = '1'"));
        checked();
        ledger.jdbi().useHandle(handle -> handle.execute("UPDATE job SET completed_at = NULL WHERE id = '1'"));
        checked();
        ledger.jdbi().useHandle(handle -> {
            handle.execute("UPDATE job SET completed_at = 1 WHERE id = '1'");
            handle.execute("PRAGMA foreign_keys = OFF");
            handle.execute("DELETE FROM job");
            handle.execute("PRAGMA foreign_keys = ON");
        });
        checked();
        assertThat(ledger.overview().jobs()).isEmpty();
    }

    @Test
    void aJobThatIsSentInVainStandsSinceItWasReceived() {
        open.record("1");
        Instant received = clock.instant();
        clock.advance(Duration.ofMinutes(1));
        Job sending = ledger.transitions().submitting(open.take());
        assertThat(ledger.overview().oldest()).isEqualTo(Map.of(JobState.SUBMITTING, clock.instant()));
        clock.advance(Duration.ofMinutes(1));
        ledger.transitions().received(sending, clock.instant(), "Too fast");
        assertThat(ledger.overview().oldest()).isEqualTo(Map.of(JobState.RECEIVED, received));
    }

    @Test
    void aLedgerOfBeforeIsCountedOnce(@TempDir Path folder) {
        String file = "jdbc:sqlite:" + folder.resolve(LedgerDatabase.FILE);
        Flyway.configure().dataSource(file, "", "").locations("filesystem:" + MigrationsTest.SCRIPTS).target("12.1").load().migrate();
        Jdbi.create(file).useTransaction(handle -> LargeLedger.fill(handle, clock.instant(), 100));
        Ledger old = new Ledger(folder, clock);
        old.start();
        try {
            assertThat(shown(old)).isEqualTo(counted(old.jdbi())).hasSizeGreaterThan(6);
        } finally {
            old.stop();
        }
    }

    private void checked() {
        clock.advance(Duration.ofSeconds(7));
        assertThat(shown(ledger)).isEqualTo(counted(ledger.jdbi()));
    }

    private static Map<String, Object> shown(Ledger ledger) {
        Overview overview = ledger.overview();
        Map<String, Object> all = new TreeMap<>();
        overview.jobs().forEach((state, jobs) -> all.put("state " + state, jobs));
        overview.parked().forEach((reason, jobs) -> all.put("parked " + reason, jobs));
        overview.failed().forEach((reason, jobs) -> all.put("failed " + reason, jobs));
        overview.oldest().forEach((state, since) -> all.put("oldest " + state, since));
        all.put("fetched", overview.fetched());
        return all;
    }

    /** The same, by a look at every job. */
    private static Map<String, Object> counted(Jdbi jdbi) {
        Map<String, Object> all = new TreeMap<>();
        jdbi.useHandle(handle -> {
            handle.createQuery("SELECT state, COUNT(*) AS jobs FROM job GROUP BY state").mapToMap()
                    .forEach(row -> all.put("state " + row.get("state"), ((Number) row.get("jobs")).longValue()));
            handle.createQuery("SELECT state, COALESCE(reason, 'unknown') AS reason, COUNT(*) AS jobs FROM job"
                            + " WHERE state IN ('parked', 'failed') GROUP BY state, COALESCE(reason, 'unknown')").mapToMap()
                    .forEach(row -> all.put(row.get("state") + " " + row.get("reason"), ((Number) row.get("jobs")).longValue()));
            handle.createQuery("SELECT state, MIN(since) AS since FROM (SELECT job.state AS state,"
                            + " (SELECT MIN(h.at) FROM job_history h WHERE h.job_id = job.id AND h.seq > COALESCE("
                            + "(SELECT MAX(o.seq) FROM job_history o WHERE o.job_id = job.id AND o.state <> job.state"
                            + " AND NOT (job.state = 'received' AND o.state = 'submitting')), 0)) AS since FROM job"
                            + " WHERE job.state NOT IN ('delivered', 'failed')) standing WHERE since IS NOT NULL GROUP BY state").mapToMap()
                    .forEach(row -> all.put("oldest " + row.get("state"), Instant.ofEpochMilli(((Number) row.get("since")).longValue())));
            all.put("fetched", handle.createQuery("SELECT COUNT(*) AS videos, COALESCE(SUM(polls), 0) AS polls,"
                            + " COALESCE(SUM(completed_at - COALESCE(polled_at, submitted_at, completed_at)), 0) AS lag"
                            + " FROM job WHERE completed_at IS NOT NULL")
                    .map((row, context) -> new Overview.Fetched(row.getLong("videos"), row.getLong("polls"), row.getLong("lag"))).one());
        });
        return all;
    }
}
