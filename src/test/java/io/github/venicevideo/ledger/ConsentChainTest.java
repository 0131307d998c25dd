package io.github.venicevideo.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.attestation.Attestation;
import io.github.venicevideo.attestation.AttestedMedium;
import io.github.venicevideo.attestation.Policy;
import io.github.venicevideo.attestation.Revocation;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attestations, revocations and uses hang together, and tell of no person by themselves. */
class ConsentChainTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final String SHA = "a".repeat(64);

    @TempDir
    private Path folder;
    private Ledger ledger;

    @BeforeEach
    void open() {
        ledger = new Ledger(folder, Clock.fixed(NOW, ZoneOffset.UTC));
        ledger.start();
    }

    @AfterEach
    void close() {
        ledger.stop();
    }

    @Test
    void everyEntryHoldsTheOneBeforeIt() {
        ledger.consentStore().record(attestation("1"));
        ledger.consentUses().granted("job", List.of(use("1")));
        ledger.consentStore().revoke(new Revocation("r", NOW, "Eve", Revocation.Scope.MEDIUM, SHA, Optional.of("asked to")));

        List<ConsentEntry> chain = ledger.consentUses().chain();

        assertThat(chain).extracting(ConsentEntry::kind).containsExactly("attestation", "use", "revocation");
        assertThat(chain).extracting(ConsentEntry::seq).containsExactly(1L, 2L, 3L);
        assertThat(chain).allMatch(ConsentEntry::isWhole);
        assertThat(chain.get(0).prevHash()).isEmpty();
        assertThat(chain.get(1).prevHash()).isEqualTo(chain.get(0).hash());
        assertThat(chain.get(2).prevHash()).isEqualTo(chain.get(1).hash());
    }

    @Test
    void whatIsTooLongForTheChainIsRefusedAndLeavesItWhole() {
        assertThatThrownBy(() -> ledger.consentStore().record(attestation("x".repeat(65))))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("at most 64");
        assertThatThrownBy(() -> ledger.consentStore().revoke(new Revocation("r", NOW, "Eve", Revocation.Scope.MEDIUM, SHA,
                Optional.of("x".repeat(501))))).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("at most 500");

        ledger.consentStore().record(attestation("x".repeat(64)));
        assertThat(ledger.consentUses().chain()).extracting(ConsentEntry::seq).containsExactly(1L);
    }

    @Test
    void noEntryTellsOfAPersonAndEveryCommitmentCanBeOpened() {
        ledger.consentStore().record(attestation("1"));
        ledger.consentUses().granted("job", List.of(use("1")));

        for (ConsentEntry entry : ledger.consentUses().chain()) {
            assertThat(entry.facts()).doesNotContainIgnoringCase("lovelace").doesNotContain(SHA, "anna.png", "Release 4711");
            JsonNode commitments = Attestations.tree(entry).path("commitments");
            List<Map<String, Object>> secrets = ledger.jdbi().withHandle(handle -> handle
                    .createQuery("SELECT name, salt, value FROM consent_secret WHERE seq = :seq").bind("seq", entry.seq())
                    .mapToMap().list());
            assertThat(secrets).hasSizeGreaterThan(3).hasSameSizeAs(commitments).allSatisfy(secret -> assertThat(
                    commitments.path(secret.get("name").toString()).asText()).isEqualTo(ConsentEntry.commitment(
                    secret.get("salt").toString(), secret.get("name").toString(), secret.get("value").toString())));
        }
    }

    @Test
    void whatIsErasedServesNobodyAndLeavesTheChainWhole() {
        ledger.consentStore().record(attestation("1"));

        ledger.jdbi().useHandle(handle -> handle.execute("DELETE FROM consent_secret WHERE name <> 'medium.0'"));

        assertThat(ledger.consentUses().chain()).allMatch(ConsentEntry::isWhole);
        assertThat(ledger.consentStore().inForce(Set.of("1"), NOW)).isEmpty();
        assertThat(ledger.consentStore().lookUp("seedance", Policy.hashOf("text"), Set.of(SHA), NOW).attested()).isEmpty();
    }

    @Test
    void theSameGrantIsRecordedOnce() {
        ledger.consentUses().granted("job", List.of(use("1"), use("2")));
        ledger.consentUses().granted("job", List.of(use("2"), use("1")));
        ledger.consentUses().granted("job", List.of(use("3")));

        assertThat(ledger.consentUses().of("job")).extracting(ConsentUse::attestationId).containsExactly("1", "2", "3");
        assertThat(ledger.consentUses().grantOf("job")).extracting(ConsentUse::attestationId).containsExactly("3");
        assertThat(ledger.consentUses().grantOf("other job")).isEmpty();
        assertThat(ledger.consentUses().restingOn(List.of("2"))).extracting(ConsentUse::jobId).containsExactly("job");
        assertThat(ledger.consentUses().ofMedia(List.of(SHA))).hasSize(3);
    }

    @Test
    void aRefusedSetOfMediaIsKnownWhenAllOfItIsThere() {
        ledger.refusedMedia().refused("job", Set.of("x", "y"));

        assertThat(ledger.refusedMedia().refusedIn(Set.of("x", "y", "z"))).contains("job");
        assertThat(ledger.refusedMedia().refusedIn(Set.of("x", "z"))).isEmpty();
        assertThat(ledger.refusedMedia().refusedIn(Set.of())).isEmpty();
    }

    private static ConsentUse use(String attestation) {
        return new ConsentUse("job", NOW, 0, attestation, Optional.of("Ada Lovelace"), "seedance",
                Optional.of(Policy.hashOf("text")), List.of("confirmed_legal_right"), media(), true);
    }

    private static Attestation attestation(String id) {
        return new Attestation(id, Attestation.Kind.GIVEN, "Ada Lovelace", NOW, "seedance",
                Optional.of(Policy.hashOf("text")), List.of("confirmed_legal_right"), media(), Optional.of("job"),
                Optional.of("portrait"), Attestation.Way.FILE, Optional.of("Release 4711"), Optional.empty());
    }

    private static List<AttestedMedium> media() {
        return List.of(new AttestedMedium(Optional.of(SHA), "anna.png"));
    }
}
