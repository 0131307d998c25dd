package io.github.venicevideo.ledger.consent;

import static io.github.venicevideo.ledger.consent.Consents.NOW;
import static io.github.venicevideo.ledger.consent.Consents.given;
import static io.github.venicevideo.ledger.consent.Consents.sha;
import static io.github.venicevideo.ledger.consent.Consents.use;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.api.Policy;
import io.github.venicevideo.api.Revocation;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.OpenLedger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Attestations, revocations and uses hang together, and tell of no person by themselves. */
@Timeout(180)
class ConsentChainTest {

    @RegisterExtension
    private final OpenLedger open = new OpenLedger();
    private final Ledger ledger = open.ledger();

    @Test
    void everyEntryHoldsTheOneBeforeIt() {
        ledger.consentStore().record(given("1", "Ada Lovelace", "a"));
        ledger.consentUses().granted("job", List.of(use("job", "1", NOW, "a")));
        ledger.consentStore().revoke(new Revocation("r", NOW, "Eve", Revocation.Scope.MEDIUM, sha("a"), Optional.of("asked to")));

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
        assertThatThrownBy(() -> ledger.consentStore().record(given("x".repeat(65), "Ada Lovelace", "a")))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("at most 64");
        assertThatThrownBy(() -> ledger.consentStore().revoke(new Revocation("r", NOW, "Eve", Revocation.Scope.MEDIUM, sha("a"),
                Optional.of("x".repeat(501))))).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("at most 500");

        ledger.consentStore().record(given("x".repeat(64), "Ada Lovelace", "a"));
        assertThat(ledger.consentUses().chain()).extracting(ConsentEntry::seq).containsExactly(1L);
    }

    @Test
    void noEntryTellsOfAPersonAndEveryCommitmentCanBeOpened() {
        ledger.consentStore().record(given("1", "Ada Lovelace", "a"));
        ledger.consentUses().granted("job", List.of(use("job", "1", NOW, "a")));

        for (ConsentEntry entry : ledger.consentUses().chain()) {
            assertThat(entry.facts()).doesNotContainIgnoringCase("lovelace").doesNotContain(sha("a"), "a.png", "Release 4711");
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
        ledger.consentStore().record(given("1", "Ada Lovelace", "a"));

        ledger.jdbi().useHandle(handle -> handle.execute("DELETE FROM consent_secret WHERE name <> 'medium.0'"));

        assertThat(ledger.consentUses().chain()).allMatch(ConsentEntry::isWhole);
        assertThat(ledger.consentStore().inForce(Set.of("1"), NOW)).isEmpty();
        assertThat(ledger.consentStore().lookUp("seedance", Policy.hashOf("text"), Set.of(sha("a")), NOW).attested()).isEmpty();
    }

    @Test
    void theSameGrantIsRecordedOnce() {
        ledger.consentUses().granted("job", List.of(use("job", "1", NOW, "a"), use("job", "2", NOW, "a")));
        ledger.consentUses().granted("job", List.of(use("job", "2", NOW, "a"), use("job", "1", NOW, "a")));
        ledger.consentUses().granted("job", List.of(use("job", "3", NOW, "a")));

        assertThat(ledger.consentUses().of("job")).extracting(ConsentUse::attestationId).containsExactly("1", "2", "3");
        assertThat(ledger.consentUses().grantOf("job")).extracting(ConsentUse::attestationId).containsExactly("3");
        assertThat(ledger.consentUses().grantOf("other job")).isEmpty();
        assertThat(ledger.consentUses().restingOn(List.of("2"))).extracting(ConsentUse::jobId).containsExactly("job");
        assertThat(ledger.consentUses().ofMedia(List.of(sha("a")))).hasSize(3);
    }

    @Test
    void aRefusedSetOfMediaIsKnownWhenAllOfItIsThere() {
        ledger.refusedMedia().refused("job", Set.of("x", "y"));

        assertThat(ledger.refusedMedia().refusedIn(Set.of("x", "y", "z"))).contains("job");
        assertThat(ledger.refusedMedia().refusedIn(Set.of("x", "z"))).isEmpty();
        assertThat(ledger.refusedMedia().refusedIn(Set.of())).isEmpty();
    }
}
