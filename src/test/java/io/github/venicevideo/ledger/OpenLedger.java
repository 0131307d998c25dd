package io.github.venicevideo.ledger;

import io.github.venicevideo.MovableClock;
import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.ledger.job.Due;
import io.github.venicevideo.ledger.job.Job;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A ledger of its own for each test, on a clock that the test moves, and what tests do with it over and over. */
public final class OpenLedger implements BeforeEachCallback, AfterEachCallback {

    /** Longer than a test takes, and shorter than it lets pass. */
    public static final Duration LEASE = Duration.ofMinutes(2);

    private final MovableClock clock = new MovableClock();
    private final Path folder = Path.of(System.getProperty("java.io.tmpdir"), "ledger-" + UUID.randomUUID());
    private final Ledger ledger = new Ledger(folder, clock);

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        MigratedLedger.into(folder);
        ledger.start();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        ledger.stop();
        DurableFiles.deleteTree(folder);
    }

    public MovableClock clock() {
        return clock;
    }

    public Ledger ledger() {
        return ledger;
    }

    public Path folder() {
        return folder;
    }

    /** As if the program had ended, and the next one begun. */
    public void restart() {
        ledger.stop();
        ledger.start();
    }

    public void record(String id) {
        ledger.newJobs().record(List.of(LedgerTest.job(id)));
    }

    /** The next job to be sent. */
    public Job take() {
        return claim(Due.RECEIVED);
    }

    public Job claim(Due due) {
        return ledger.leases().claim(due, LEASE).orElseThrow();
    }
}
