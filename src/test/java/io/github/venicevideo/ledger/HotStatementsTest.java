package io.github.venicevideo.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.MovableClock;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.ledger.job.Due;
import io.github.venicevideo.ledger.job.Job;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is asked again and again costs the same in a large ledger as in an empty one: by SQLite's own word, nothing scans or sorts. */
@Timeout(300)
class HotStatementsTest {

    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final String API = "https://api";
    /** Tables that never have more than a few rows. */
    private static final Set<String> SMALL = Set.of("home", "gate", "limiter", "wire_calls", "clock_step", "consent_head",
            "consent_policy", "model_average", "model_speed", "job_count", "fetched");
    /** Indexes that hold what is rare, and no more of it than is unfinished. */
    private static final Set<String> RARE = Set.of("delivery_troubled", "delivery_upload", "staged_released", "job_leased", "errand_leased",
            "download_needs");

    @TempDir
    private static Path folder;
    private static final MovableClock CLOCK = new MovableClock();
    private static Ledger ledger;

    @BeforeAll
    static void fill() {
        ledger = new Ledger(folder, CLOCK);
        ledger.start();
        ledger.jdbi().useTransaction(handle -> LargeLedger.fill(handle, CLOCK.instant()));
    }

    @AfterAll
    static void stop() {
        ledger.stop();
    }

    private interface Step {
        void run();
    }

    @Test
    void nothingThatIsAskedAgainAndAgainScansOrSorts() {
        Map<String, Step> hot = new LinkedHashMap<>();
        for (Due due : Due.values()) {
            hot.put("when " + due + " is next", () -> ledger.leases().nextDue(due));
            hot.put("the claim of " + due, () -> ledger.leases().claim(due, LEASE).ifPresent(job -> {
                ledger.leases().renew(job, LEASE);
                ledger.leases().release(job);
            }));
        }
        hot.put("when the first is to be sent", () -> ledger.leases().firstDue(Due.RECEIVED));
        hot.put("the claim of one job", () -> ledger.leases().claim("j-080000", Due.GENERATING, LEASE));
        hot.put("what is in the making and has changed", () -> ledger.making().jobs(API, Optional.of(CLOCK.instant().minusSeconds(5))));
        hot.put("what takes too long", () -> ledger.making().overdue(Instant.EPOCH, "m"));
        hot.put("a new job", () -> record("new"));
        hot.put("a price reserved for takes", () -> ledger.spend().reserve(takes("new"), 1, Optional.of(10L), Optional.of(10L), ZoneOffset.UTC));
        hot.put("spent today", () -> ledger.spend().spent(CLOCK.instant().atZone(ZoneOffset.UTC).toLocalDate()));
        hot.put("the form of a question", () -> ledger.quoteForms().of(API, "wan-2-7-text-to-video"));
        hot.put("whether a model asks for consent", () -> ledger.consentModels().asks(API, "wan-2-7-text-to-video"));
        hot.put("a delivery", () -> ledger.deliveries().done("j-080000", "archive", "there"));
        hot.put("destinations in trouble", () -> ledger.deliveries().troubles());
        hot.put("left uploads", () -> ledger.deliveries().leftUploads());
        hot.put("jobs by state", () -> ledger.overview().jobs());
        hot.put("parked by reason", () -> ledger.overview().parked());
        hot.put("failed by reason", () -> ledger.overview().failed());
        hot.put("the oldest in each state", () -> ledger.overview().oldest());
        hot.put("how many are overdue", () -> ledger.overview().overdue());
        hot.put("all that was fetched", () -> ledger.overview().fetched());
        hot.put("room that videos need", () -> ledger.downloads().mostNeeded());
        hot.put("consent is looked at again", () -> ledger.parkedJobs().reconsider());
        hot.put("an answer that came late", () -> ledger.parkedJobs().acceptedAfterAll("j-077000", 1, "model", "q", Optional.empty()));
        hot.put("bundles kept long enough", () -> ledger.retention().bundlesSince(JobState.DELIVERED, Instant.EPOCH));
        hot.put("words kept long enough", () -> ledger.retention().forgetWords(Instant.EPOCH));
        hot.put("staged media", () -> ledger.stagedMedia().intend("j-080000", "bucket", "sha-j-080000", "k"));
        hot.put("staged media that are not needed", () -> ledger.stagedMedia().hasUnneeded());
        hot.put("a reference", () -> ledger.jobs().findByReference("order-1"));
        hot.put("the leases of a program that died", () -> ledger.leases().endAll());
        hot.put("the last change of all", () -> ledger.clockWatch().begin());

        Map<String, List<String>> slow = new TreeMap<>();
        hot.forEach((name, step) -> statements(step).forEach(sql -> {
            List<String> bad = plan(sql).stream().filter(HotStatementsTest::isSlow).toList();
            if (!bad.isEmpty()) {
                slow.computeIfAbsent(name, key -> new ArrayList<>()).add(sql + "\n    " + String.join("\n    ", bad));
            }
        }));

        assertThat(slow.entrySet().stream().map(entry -> entry.getKey() + ": " + String.join("\n  ", entry.getValue()))).isEmpty();
    }

    @Test
    void theTakesThatArePricedTogetherAreFoundByTheirIdsHoweverManyWait() {
        record("priced");
        assertThat(statements(() -> ledger.spend().reserve(takes("priced"), 1, Optional.of(10L), Optional.of(10L), ZoneOffset.UTC)).stream()
                .filter(sql -> sql.startsWith("SELECT * FROM job WHERE (id"))).singleElement()
                .satisfies(sql -> assertThat(plan(sql)).filteredOn(detail -> detail.contains(" job ")).isNotEmpty()
                        .allMatch(detail -> detail.contains("(id=?)") || detail.contains("(id>? AND id<?)")));
    }

    private static void record(String id) {
        ledger.newJobs().record(List.of(LedgerTest.job(id)));
    }

    private static Job takes(String id) {
        ledger.jdbi().useHandle(handle -> handle.execute("UPDATE job SET options = json_set(options, '$.takes', 3) WHERE id = ?", id));
        return ledger.jobs().find(id).orElseThrow();
    }

    /** What a step says to the database. */
    private static Set<String> statements(Step step) {
        Set<String> said = new LinkedHashSet<>();
        ledger.jdbi().setSqlLogger(new SqlLogger() {
            @Override
            public void logBeforeExecution(StatementContext context) {
                said.add(context.getParsedSql().getSql());
            }
        });
        try {
            step.run();
        } finally {
            ledger.jdbi().setSqlLogger(SqlLogger.NOP_SQL_LOGGER);
        }
        assertThat(said).isNotEmpty();
        return said;
    }

    private static List<String> plan(String sql) {
        try (Handle handle = ledger.jdbi().open();
                var statement = handle.getConnection().prepareStatement("EXPLAIN QUERY PLAN " + sql);
                var rows = statement.executeQuery()) {
            List<String> plan = new ArrayList<>();
            while (rows.next()) {
                plan.add(rows.getString("detail"));
            }
            return plan;
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static boolean isSlow(String detail) {
        return detail.startsWith("USE TEMP B-TREE") || detail.startsWith("SCAN")
                && Stream.of(detail.split(" ")).noneMatch(word -> SMALL.contains(word) || RARE.contains(word));
    }
}
