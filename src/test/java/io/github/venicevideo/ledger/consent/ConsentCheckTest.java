package io.github.venicevideo.ledger.consent;

import static io.github.venicevideo.ledger.consent.Consents.NOW;
import static io.github.venicevideo.ledger.consent.Consents.given;
import static io.github.venicevideo.ledger.consent.Consents.revocation;
import static io.github.venicevideo.ledger.consent.Consents.sha;
import static io.github.venicevideo.ledger.consent.Consents.use;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.api.Attestation;
import io.github.venicevideo.api.Revocation;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.OpenLedger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever alters the chain of consents is found out, and the first entry that is not as it was is named. */
@Timeout(180)
class ConsentCheckTest {

    @RegisterExtension
    private final OpenLedger open = new OpenLedger();
    private final Ledger ledger = open.ledger();

    @Test
    void anEmptyChainIsWholeAndHasNoHead() {
        ConsentCheck check = check();

        assertThat(check.broken()).isEmpty();
        assertThat(check.head()).isEqualTo(new ConsentHead(0, ""));
        assertThat(check.head()).hasToString("none yet");
        assertThat(check(sha("f")).broken()).get().asString().contains("Entry 1").contains(sha("f"));
    }

    @Test
    void anUntouchedChainIsWholeAndHoldsItsEarlierHeads() {
        ledger.consentStore().record(given("1", "Ada Lovelace", "a", "b"));
        String earlier = head().hash();
        ledger.consentUses().granted("job", List.of(use("job", "1", NOW, "a")));
        ledger.consentStore().revoke(revocation("r", NOW, Revocation.Scope.MEDIUM, sha("a")));

        assertThat(check(earlier)).isEqualTo(new ConsentCheck(head(), 1, 1, 0, 0, Optional.empty()));
        assertThat(head().entries()).isEqualTo(3);
        assertThat(check(sha("f")).broken()).get().asString().contains("cut there");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            UPDATE consent_entry SET at = at + 1 WHERE seq = 2                                    | Entry 2 | was altered
            UPDATE consent_entry SET facts = REPLACE(facts, 'seedance', 'other') WHERE seq = 1    | Entry 1 | was altered
            UPDATE consent_entry SET job_id = 'other' WHERE seq = 2                               | Entry 2 | was altered
            DELETE FROM consent_entry WHERE seq = 2                                               | Entry 3 | entry 2 is missing
            UPDATE consent_entry SET seq = CASE seq WHEN 2 THEN -3 ELSE -2 END WHERE seq IN (2, 3); UPDATE consent_entry SET seq = -seq WHERE seq < 0 | Entry 2 | was altered
            DELETE FROM consent_entry WHERE seq = 4                                               | Entry 4 | taken away
            UPDATE consent_secret SET value = 'Eve' WHERE seq = 1 AND name = 'by'                 | Entry 1 | its by is not what was committed to
            DELETE FROM consent_secret WHERE seq = 1 AND name = 'note'                            | Entry 1 | no erasure is on record
            INSERT INTO consent_secret (seq, name, salt, value) VALUES (2, 'note', 'x', 'y')      | Entry 2 | its note
            """)
    void whatWasTamperedWithIsNamed(String sql, String entry, String why) {
        fourEntries();
        ledger.jdbi().useHandle(handle -> {
            handle.execute("PRAGMA foreign_keys = OFF");
            for (String statement : sql.split(";")) {
                assertThat(handle.execute(statement)).isPositive();
            }
            handle.execute("PRAGMA foreign_keys = ON");
        });

        assertThat(check().broken()).get().asString().startsWith(entry).contains(why);
    }

    /** Whoever can write the ledger can compute hashes, too; each entry's holds all before it. */
    @Test
    void anEntryThatWasWrittenAnewWithItsHashIsFoundOutByTheOneAfterIt() {
        fourEntries();
        ConsentEntry second = ledger.consentUses().chain().get(1);
        String forged = ConsentEntry.hash(2, second.at().plusMillis(1), second.kind(), second.subject(), second.jobId(), second.facts(),
                second.prevHash());
        ledger.jdbi().useHandle(handle ->
                handle.execute("UPDATE consent_entry SET at = at + 1, hash = ? WHERE seq = 2", forged));

        assertThat(check().broken()).get().asString().startsWith("Entry 3").contains("does not follow the entry before it");

        ledger.jdbi().useHandle(handle -> handle.execute("UPDATE consent_entry SET prev_hash = ? WHERE seq = 3", forged));

        assertThat(check().broken()).get().asString().startsWith("Entry 3").contains("was altered");
    }

    @Test
    void aTailThatIsCutOffWithItsHeadIsTakenForWholeOnlyByWhoNeverKeptAHead() {
        fourEntries();
        String exported = head().hash();
        ledger.jdbi().useHandle(handle -> {
            handle.execute("DELETE FROM consent_secret WHERE seq = 4");
            handle.execute("DELETE FROM consent_entry WHERE seq = 4");
            handle.execute("UPDATE consent_head SET seq = 3, hash = (SELECT hash FROM consent_entry WHERE seq = 3)");
        });

        assertThat(check().broken()).isEmpty();
        assertThat(check(exported).broken()).get().asString().startsWith("Entry 4").contains(exported);
    }

    @Test
    void aJobThatRestsOnWhatDoesNotCoverItIsNamed() {
        ledger.consentStore().record(given("1", "Ada Lovelace", "a"));
        ledger.consentUses().granted("job", List.of(use("job", "1", NOW, "b")));

        assertThat(check().broken()).get().asString().startsWith("Entry 2").contains("does not cover").contains(sha("b"));
    }

    @Test
    void aJobThatRestsOnWhatHadBeenTakenBackIsNamed() {
        ledger.consentStore().record(given("1", "Ada Lovelace", "a"));
        ledger.consentStore().revoke(revocation("r", NOW, Revocation.Scope.PERSON, "ada LOVELACE"));
        ledger.consentUses().granted("in the same moment", List.of(use("in the same moment", "1", NOW, "a")));
        assertThat(check().broken()).isEmpty();

        ledger.consentUses().granted("job", List.of(use("job", "1", NOW.plusMillis(1), "a")));
        assertThat(check().broken()).get().asString().startsWith("Entry 4").contains("taken back");
    }

    @Test
    void aJobThatRestsOnWhatHadRunOutOrServesAnotherIsNamed() {
        ledger.consentStore().record(Consents.attestation("1", Attestation.Kind.GIVEN, "Ada", Optional.of(NOW), "a"));
        ledger.consentUses().granted("job", List.of(use("job", "1", NOW, "a")));
        assertThat(check().broken()).get().asString().contains("run out");
    }

    @Test
    void aJobThatRestsOnWhatServesAnotherAloneIsNamed() {
        ledger.consentStore().record(Consents.attestation("1", Attestation.Kind.STANDING, "Ada", Optional.empty(), "a"));
        ledger.consentUses().granted("job", List.of(use("job", "1", NOW, "a")));
        assertThat(check().broken()).isEmpty();

        ledger.consentUses().granted("other", List.of(use("other", "1", NOW, "a")));
        assertThat(check().broken()).get().asString().startsWith("Entry 3").contains("serves job job alone");
    }

    @Test
    void usesOfAnotherStoreAreCounted() {
        ledger.consentUses().granted("job", List.of(use("job", "elsewhere-1", NOW, "a")));

        assertThat(check()).isEqualTo(new ConsentCheck(head(), 0, 1, 1, 0, Optional.empty()));
    }

    @Test
    void theReportTellsOfEveryAttestationAndEveryJob() {
        ledger.consentStore().record(given("1", "Ada Lovelace", "a", "b"));
        ledger.consentStore().record(given("2", "Bob", "c"));
        ledger.consentUses().granted("job", List.of(use("job", "1", NOW, "a")));
        ledger.consentUses().granted("job", List.of(use("job", "elsewhere", NOW, "a")));
        ledger.consentStore().revoke(revocation("r", NOW, Revocation.Scope.MEDIUM, sha("a")));
        ledger.consentStore().revoke(revocation("s", NOW, Revocation.Scope.ATTESTATION, "2"));

        List<ConsentRow> rows = ledger.consentReport().rows(ConsentFilter.all());

        assertThat(rows).extracting(ConsentRow::attestationId).containsExactly("1", "2", "elsewhere");
        assertThat(rows.get(0).by()).contains("Ada Lovelace");
        assertThat(rows.get(0).media()).hasSize(1);
        assertThat(rows.get(0).revokedMedia()).containsExactly(sha("a"));
        assertThat(rows.get(0).revokedAt()).isEmpty();
        assertThat(rows.get(0).use()).get().satisfies(use -> assertThat(use.superseded()).isTrue());
        assertThat(rows.get(1).revokedAt()).contains(NOW);
        assertThat(rows.get(1).use()).isEmpty();
        assertThat(rows.get(2).kind()).isEmpty();
        assertThat(rows.get(2).use()).get().satisfies(use -> assertThat(use.superseded()).isFalse());
        assertThat(filtered("ADA  lovelace", null, null)).containsExactly("1", "elsewhere");
        assertThat(filtered(null, sha("c"), null)).containsExactly("2");
        assertThat(filtered(null, null, "job")).containsExactly("1", "elsewhere");
        assertThat(filtered("Bob", null, "job")).isEmpty();
    }

    private List<String> filtered(String person, String medium, String job) {
        return ledger.consentReport().rows(new ConsentFilter(Optional.ofNullable(person), Optional.ofNullable(medium),
                Optional.ofNullable(job))).stream().map(ConsentRow::attestationId).toList();
    }

    private void fourEntries() {
        ledger.consentStore().record(given("1", "Ada Lovelace", "a"));
        ledger.consentUses().granted("job", List.of(use("job", "1", NOW, "a")));
        ledger.consentStore().record(given("2", "Bob", "b"));
        ledger.consentUses().granted("other", List.of(use("other", "2", NOW, "b")));
        assertThat(check().broken()).isEmpty();
    }

    private ConsentHead head() {
        return ledger.consentReport().head();
    }

    private ConsentCheck check() {
        return ledger.consentReport().check(Optional.empty());
    }

    private ConsentCheck check(String expected) {
        return ledger.consentReport().check(Optional.of(expected));
    }
}
