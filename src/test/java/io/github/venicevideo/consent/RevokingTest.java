package io.github.venicevideo.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.MovableClock;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.consent.Consents;
import io.github.venicevideo.venice.Json;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever consent is found can be taken back. */
@Timeout(180)
class RevokingTest {

    private static final String LONG = "release-of-" + "x".repeat(60);

    @TempDir
    private Path folder;
    private Ledger ledger;
    private Revoking revoking;

    @BeforeEach
    void open() {
        ledger = new Ledger(folder, new MovableClock());
        ledger.start();
        revoking = new Revoking(ledger, ledger.consentStore(), new MovableClock());
    }

    @AfterEach
    void close() {
        ledger.stop();
    }

    @Test
    void anAttestationWhoseIdIsLongerThanOneMayBeNowIsTakenBack() throws Exception {
        ledger.consentStore().record(Consents.given("1", "Ada", "a"));
        try (Connection sql = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ledger.db"));
                PreparedStatement older = sql.prepareStatement("UPDATE consent_entry SET subject = ?")) {
            older.setString(1, LONG);
            older.executeUpdate();
        }
        assertThat(ledger.consentStore().inForce(List.of(LONG), Consents.NOW)).containsExactly(LONG);

        ObjectNode report = take(LONG);

        assertThat(report.at("/attestations/0/id").asText()).isEqualTo(LONG);
        assertThat(ledger.consentStore().inForce(List.of(LONG), Consents.NOW)).isEmpty();
        assertThat(take(LONG).path("attestations")).isEqualTo(report.path("attestations"));
    }

    @Test
    void anIdThatIsTooLongToBeOneAndNamesNothingIsRefused() {
        assertThatThrownBy(() -> take(LONG)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("revocation.json: target has 71 characters, and no attestation's id has more than 64."
                        + " --consents shows the ids.");

        assertThat(ledger.consentUses().chain()).isEmpty();
    }

    private ObjectNode take(String target) {
        return revoking.take(Json.mapper().createObjectNode().put("revoke", "attestation").put("target", target)
                .put("by", "Eve Model"), "revocation.json", "one", Map.of());
    }
}
