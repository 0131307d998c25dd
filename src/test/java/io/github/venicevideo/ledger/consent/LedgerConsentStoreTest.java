package io.github.venicevideo.ledger.consent;

import io.github.venicevideo.api.ConsentStore;
import io.github.venicevideo.api.ConsentStoreContract;
import io.github.venicevideo.ledger.Ledger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Ours holds to what every store has to. */
class LedgerConsentStoreTest extends ConsentStoreContract {

    @TempDir
    private Path folder;
    private Ledger ledger;

    @Override
    protected ConsentStore emptyStore() {
        ledger = new Ledger(folder, Clock.fixed(NOW, ZoneOffset.UTC));
        ledger.start();
        return ledger.consentStore();
    }

    @AfterEach
    void close() {
        ledger.stop();
    }
}
