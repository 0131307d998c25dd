package io.github.venicevideo.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.venicevideo.home.drop.Drops;
import io.github.venicevideo.ledger.job.Due;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.SpendTest;
import io.github.venicevideo.settings.Settings;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the budgets of now allow goes on, and nothing beyond them. */
@Timeout(180)
class HeldByBudgetTest {

    private static final String API = "https://api";
    private static final long PRICE = 500_000;

    @RegisterExtension
    private final OpenLedger open = new OpenLedger();
    private final Ledger ledger = open.ledger();

    @Test
    void theOldestGoOnAsFarAsTheDayReaches() {
        park("1", "2", "3");

        assertThat(free(Map.of("venice.budget.per-day", "0.40"))).isEmpty();
        assertThat(free(Map.of("venice.budget.per-day", "1.00"))).containsExactly("1", "2");
        assertThat(spent()).isEqualTo(2 * PRICE);
        assertThat(ledger.jobs().find("3").orElseThrow().dueAt()).as("with the next day")
                .isEqualTo(LocalDate.of(2026, 11, 2).atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    @Test
    void whatHasItsPriceReservedIsNotCountedAgainWhenTheNextProgramStarts() {
        park("1", "2");
        assertThat(free(Map.of("venice.budget.per-day", "0.60"))).containsExactly("1");

        open.restart();

        assertThat(free(Map.of("venice.budget.per-day", "0.60"))).containsExactly("1");
        assertThat(spent()).isEqualTo(PRICE);
        Job freed = open.claim(Due.HELD);
        ledger.transitions().received(freed, open.clock().instant(), "A new budget");
        assertThat(ledger.spend().reserve(open.take(), PRICE, Optional.of(600_000L), Optional.empty(), ZoneOffset.UTC)).isEmpty();
        assertThat(spent()).isEqualTo(PRICE);
    }

    @Test
    void takesGoOnTogetherOrNotAtAll() {
        ledger.newJobs().record(List.of(SpendTest.take("1", 1), SpendTest.take("1-2", 2), SpendTest.take("1-3", 3), SpendTest.take("1-4", 4)));
        for (int take = 1; take <= 4; take++) {
            parkNext();
        }
        park("2");

        assertThat(free(Map.of("venice.budget.per-day", "1.90"))).containsExactly("2");
        assertThat(free(Map.of("venice.budget.per-day", "2.50"))).containsExactly("1", "1-2", "1-3", "1-4", "2");
        assertThat(spent()).isEqualTo(5 * PRICE);
    }

    @Test
    void theFoldersBudgetHoldsToo() {
        park("1", "2");

        assertThat(free(Map.of("venice.drops.drop.budget.per-day", "0.50"))).containsExactly("1");
        assertThat(free(Map.of("venice.drops.drop.budget.per-day", "1", "venice.drops.drop.budget.per-job", "0.49"))).isEmpty();
        assertThat(free(Map.of("venice.drops.drop.budget.per-day", "1"))).containsExactly("1", "2");
    }

    @Test
    void aPriceOfOneJobIsHeldByTheLimitOfOneJob() {
        park("1", "2");

        assertThat(free(Map.of("venice.budget.per-job", "0.49"))).isEmpty();
        assertThat(free(Map.of("venice.budget.per-job", "0.50", "venice.budget.per-day", "0.50"))).containsExactly("1");
        assertThat(spent()).isEqualTo(PRICE);
    }

    @Test
    void allGoOnOrNone() {
        park("1", "2");
        ledger.jdbi().useHandle(handle -> handle.execute("CREATE TRIGGER stop BEFORE UPDATE OF resume_at ON job WHEN NEW.id = '2'"
                + " BEGIN SELECT RAISE(ABORT, 'stopped in the middle'); END"));

        assertThatThrownBy(() -> free(Map.of())).hasStackTraceContaining("stopped in the middle");
        assertThat(spent()).isZero();
        assertThat(ledger.leases().claim(Due.HELD, OpenLedger.LEASE)).isEmpty();
        ledger.jdbi().useHandle(handle -> handle.execute("DROP TRIGGER stop"));

        assertThat(free(Map.of())).containsExactly("1", "2");
        assertThat(spent()).isEqualTo(2 * PRICE);
    }

    @Test
    void whatAPersonApprovedForLessWaitsForAPerson() {
        park("1");
        Job claimed = ledger.parkedJobs().claim(ledger.jobs().find("1").orElseThrow(), OpenLedger.LEASE).orElseThrow();
        ledger.parkedJobs().approvedToSend(claimed, "Ada answered approve", Optional.empty());
        ledger.transitions().overBudget(ledger.spend().priced(open.take(), 2 * PRICE), "Dearer", Optional.empty(), Optional.empty());
        ledger.transitions().filed(open.claim(Due.UNFILED), "parked/1");

        assertThat(free(Map.of())).isEmpty();
    }

    @Test
    void whatIsRejectedBeforeItGoesOnGivesItsMoneyBack() {
        park("1");
        assertThat(free(Map.of())).containsExactly("1");
        Job claimed = ledger.parkedJobs().claim(ledger.jobs().find("1").orElseThrow(), OpenLedger.LEASE).orElseThrow();

        ledger.parkedJobs().answeredToEnd(claimed, "Ada answered reject");

        assertThat(spent()).isZero();
        assertThat(ledger.leases().claim(Due.HELD, OpenLedger.LEASE)).isEmpty();
    }

    private List<String> free(Map<String, String> budgets) {
        return ledger.heldByBudget().free(new Drops(Settings.packaged().with(budgets), Path.of("home")), API, ZoneOffset.UTC)
                .stream().map(Job::id).toList();
    }

    private void park(String... ids) {
        for (String id : ids) {
            open.record(id);
            parkNext();
        }
    }

    private void parkNext() {
        Job job = ledger.spend().priced(open.take(), PRICE);
        ledger.transitions().overBudget(job, "Too dear", Optional.empty(), Optional.empty());
        ledger.transitions().filed(open.claim(Due.UNFILED), "parked/" + job.id());
    }

    private long spent() {
        return ledger.spend().spent(LocalDate.ofInstant(open.clock().instant(), ZoneOffset.UTC));
    }
}
