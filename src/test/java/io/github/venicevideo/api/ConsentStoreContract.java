package io.github.venicevideo.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ConsentStore} has to hold to: extend it, and give it a store with nothing in it. */
public abstract class ConsentStoreContract {

    protected static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private static final String FLOW = "seedance";
    private static final String POLICY = Policy.hashOf("I may use this picture.");
    private static final String ANNA = "a".repeat(64);
    private static final String BERT = "b".repeat(64);

    private ConsentStore store;

    /** A store that knows nothing yet. */
    protected abstract ConsentStore emptyStore() throws Exception;

    @BeforeEach
    void open() throws Exception {
        store = emptyStore();
    }

    @Test
    void knowsNothingOfWhatNobodyAttested() {
        store.record(given("1", "Ada", ANNA));

        assertThat(lookUp(BERT)).isEqualTo(Coverage.none());
        assertThat(store.lookUp(FLOW, POLICY, Set.of(), NOW)).isEqualTo(Coverage.none());
        assertThat(store.inForce(List.of("2"), NOW)).isEmpty();
    }

    @Test
    void givesBackWhatWasAttestedAsItWasAttested() {
        Attestation attestation = new Attestation("1", Attestation.Kind.GIVEN, "Ada Löwe", NOW, FLOW, Optional.of(POLICY),
                List.of("confirmed_legal_right"), List.of(medium(ANNA), medium(BERT),
                new AttestedMedium(Optional.empty(), "example.org")), Optional.of("job"), Optional.of("portrait"),
                Attestation.Way.REST, Optional.of("Release 4711"), Optional.of(NOW.plusSeconds(60)));

        store.record(attestation);

        assertThat(lookUp(ANNA, BERT).attested()).containsOnlyKeys(ANNA, BERT).containsValue(attestation);
    }

    @Test
    void anotherPolicyOrFlowIsAnotherQuestion() {
        store.record(given("1", "Ada", ANNA));

        assertThat(store.lookUp(FLOW, Policy.hashOf("another text"), Set.of(ANNA), NOW).attested()).isEmpty();
        assertThat(store.lookUp("other", POLICY, Set.of(ANNA), NOW).attested()).isEmpty();
    }

    @Test
    void whatServesOneJobAloneIsNeverFound() {
        store.record(of("1", Attestation.Kind.STANDING, "Ada", Optional.empty(), ANNA));
        store.record(of("2", Attestation.Kind.MANIFEST, Attestation.UNNAMED, Optional.empty(), ANNA));

        assertThat(lookUp(ANNA).attested()).isEmpty();
        assertThat(store.inForce(List.of("1", "2"), NOW)).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void whatIsRecordedIsNeverAltered() {
        store.record(given("1", "Ada", ANNA));
        store.record(given("1", "Somebody Else", BERT));

        assertThat(lookUp(ANNA, BERT).attested()).containsOnlyKeys(ANNA)
                .allSatisfy((hash, attestation) -> assertThat(attestation.by()).isEqualTo("Ada"));
    }

    @Test
    void nobodyIsNoPerson() {
        assertThatThrownBy(() -> store.record(given("1", " ", ANNA))).isInstanceOf(IllegalArgumentException.class);
        assertThat(lookUp(ANNA).attested()).isEmpty();
    }

    @Test
    void anAttestationRunsOut() {
        Instant end = NOW.plus(Duration.ofDays(1));
        store.record(of("1", Attestation.Kind.GIVEN, "Ada", Optional.of(end), ANNA));

        assertThat(store.lookUp(FLOW, POLICY, Set.of(ANNA), end.minusMillis(1)).attested()).containsKey(ANNA);
        assertThat(store.lookUp(FLOW, POLICY, Set.of(ANNA), end).attested()).isEmpty();
        assertThat(store.lookUp(FLOW, POLICY, Set.of(ANNA), end).expired()).containsExactly(ANNA);
        assertThat(store.inForce(List.of("1"), end)).isEmpty();

        store.record(given("2", "Ada", ANNA));
        assertThat(store.lookUp(FLOW, POLICY, Set.of(ANNA), end).attested()).containsKey(ANNA);
        assertThat(store.lookUp(FLOW, POLICY, Set.of(ANNA), end).expired()).isEmpty();
    }

    @Test
    void aMediumIsTakenBackAndNoOther() {
        store.record(given("1", "Ada", ANNA, BERT));

        assertThat(store.revoke(revocation("r", Revocation.Scope.MEDIUM, ANNA))).extracting(Attestation::id)
                .containsExactly("1");

        assertThat(lookUp(ANNA, BERT).attested()).containsOnlyKeys(BERT);
        assertThat(lookUp(ANNA, BERT).revoked()).containsExactly(ANNA);
        assertThat(store.inForce(List.of("1"), NOW)).containsExactly("1");
    }

    @Test
    void aMediumIsTakenBackThoughNobodyHadAttestedIt() {
        assertThat(store.revoke(revocation("r", Revocation.Scope.MEDIUM, ANNA))).isEmpty();

        assertThat(lookUp(ANNA).revoked()).containsExactly(ANNA);
    }

    @Test
    void anAttestationIsTakenBackWhole() {
        store.record(given("1", "Ada", ANNA, BERT));
        store.record(given("2", "Bob", BERT));

        assertThat(store.revoke(revocation("r", Revocation.Scope.ATTESTATION, "1"))).extracting(Attestation::id)
                .containsExactly("1");

        assertThat(lookUp(ANNA, BERT).attested()).containsOnlyKeys(BERT);
        assertThat(lookUp(ANNA, BERT).revoked()).containsExactly(ANNA);
        assertThat(store.inForce(List.of("1", "2"), NOW)).containsExactly("2");
        assertThat(store.isRevoked("Ada")).isFalse();
    }

    @Test
    void aPersonTakesAllOfTheirsBackHoweverTheNameIsSpelt() {
        store.record(given("1", "Ada Lovelace", ANNA));
        store.record(of("2", Attestation.Kind.STANDING, "Ada Lovelace", Optional.empty(), BERT));
        store.record(given("3", "Bob", BERT));

        assertThat(store.revoke(revocation("r", Revocation.Scope.PERSON, " ada  lovelace "))).extracting(Attestation::id)
                .containsExactlyInAnyOrder("1", "2");

        assertThat(lookUp(ANNA, BERT).attested()).containsOnlyKeys(BERT);
        assertThat(lookUp(ANNA, BERT).revoked()).containsExactly(ANNA);
        assertThat(store.inForce(List.of("1", "2", "3"), NOW)).containsExactly("3");
        assertThat(store.isRevoked("ADA LOVELACE")).isTrue();
        assertThat(store.isRevoked("Bob")).isFalse();
    }

    @Test
    void whatIsGivenAfterwardsHolds() {
        store.record(given("1", "Ada", ANNA));
        store.revoke(revocation("r1", Revocation.Scope.PERSON, "Ada"));
        store.revoke(revocation("r2", Revocation.Scope.MEDIUM, ANNA));
        store.record(given("2", "Ada", ANNA));
        store.revoke(revocation("r2", Revocation.Scope.MEDIUM, ANNA));

        assertThat(lookUp(ANNA).attested()).containsOnlyKeys(ANNA);
        assertThat(lookUp(ANNA).revoked()).isEmpty();
    }

    private Coverage lookUp(String... sha256) {
        return store.lookUp(FLOW, POLICY, Set.of(sha256), NOW);
    }

    private static Attestation given(String id, String by, String... sha256) {
        return of(id, Attestation.Kind.GIVEN, by, Optional.empty(), sha256);
    }

    private static Attestation of(String id, Attestation.Kind kind, String by, Optional<Instant> until, String... sha256) {
        return new Attestation(id, kind, by, NOW, FLOW, Optional.of(POLICY), List.of("confirmed_legal_right"),
                Arrays.stream(sha256).map(ConsentStoreContract::medium).toList(), Optional.empty(), Optional.empty(),
                Attestation.Way.FILE, Optional.empty(), until);
    }

    private static AttestedMedium medium(String sha256) {
        return new AttestedMedium(Optional.of(sha256), sha256.charAt(0) + ".png");
    }

    private static Revocation revocation(String id, Revocation.Scope scope, String target) {
        return new Revocation(id, NOW, "Eve", scope, target, Optional.empty());
    }
}
