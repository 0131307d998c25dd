package io.github.venicevideo;

import static io.github.venicevideo.SampleMedia.face;
import static io.github.venicevideo.SampleMedia.sha256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.venicevideo.api.Attestation;
import io.github.venicevideo.api.AttestedMedium;
import io.github.venicevideo.api.ConsentStore;
import io.github.venicevideo.api.Coverage;
import io.github.venicevideo.api.Revocation;
import io.github.venicevideo.ledger.consent.ConsentUse;
import io.github.venicevideo.ledger.limit.Gate;
import io.github.venicevideo.ledger.limit.Limits;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.fault.Hold;
import io.github.venicevideo.venice.answer.AccountTrouble;
import io.github.venicevideo.venice.request.ConsentFlow;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A company's own store takes the place of ours. */
@Timeout(300)
class HostConsentStoreTest {

    @TempDir
    private Path folder;

    @Test
    void aStoreOfTheHostsIsAskedAndMayLearnOfConsentElsewhere() throws Exception {
        Register register = new Register(sha256(face("Anna")));
        DefaultCamelContext context = new DefaultCamelContext();
        context.getRegistry().bind(ConsentStore.BEAN, register);
        try (Station station = Station.quick(folder).with("venice.consent.recheck", "100ms").start(context)) {
            ConsentStation people = new ConsentStation(station);
            people.drop("portrait", "A portrait", Map.of("image.png", face("Anna")));
            String jobId = station.awaitParked("portrait").path("job_id").asText();
            people.assertPosted("A portrait", false);

            register.signed.set(true);
            station.awaitDone("portrait");

            people.assertPosted("A portrait", false, true);
            assertThat(station.ledger().consentUses().of(jobId)).extracting(ConsentUse::by)
                    .containsExactly(Optional.of("Ada of the rights office"));
        }
    }

    @Test
    void whileTheStoreFailsNothingIsSent() throws Exception {
        Register register = new Register(sha256(face("Anna")));
        register.failures.set(Integer.MAX_VALUE);
        register.signed.set(true);
        DefaultCamelContext context = new DefaultCamelContext();
        context.getRegistry().bind(ConsentStore.BEAN, register);
        try (Station station = Station.quick(folder).start(context)) {
            ConsentStation people = new ConsentStation(station);
            people.drop("portrait", "A portrait", Map.of("image.png", face("Anna")));

            await().atMost(Station.PATIENCE).until(() -> station.ledger().jobs().all().stream()
                    .anyMatch(job -> job.message().orElse("").equals("A step broke off: The register cannot be reached")));
            register.failures.set(0);
            station.awaitDone("portrait");

            assertThat(station.posted("A portrait")).filteredOn(post -> post.json().has("consents")).hasSize(1);
            assertThat(station.sandbox().accepted()).hasSize(1);
        }
    }

    @Test
    void aStoreThatFailsRightBeforeThePostCostsNeitherThePermitNorTheOneTrial() throws Exception {
        Register register = new Register(sha256(face("Anna")));
        register.signed.set(true);
        DefaultCamelContext context = new DefaultCamelContext();
        context.getRegistry().bind(ConsentStore.BEAN, register);
        try (Station station = Station.quick(folder).with("venice.gate.probe-interval", "1h").start(context)) {
            Gate gate = context.getRegistry().lookupByNameAndType("veniceLimits", Limits.class).gate();
            gate.trouble(new AccountTrouble("UNAUTHORIZED", "No"), false);
            Hold quote = station.sandbox().faults().hold(Call.QUOTE, Hold.Point.BEFORE_ANSWER);
            new ConsentStation(station).drop("portrait", "A portrait", Map.of("image.png", face("Anna")));
            await().atMost(Station.PATIENCE).until(() -> !station.ledger().jobs().all().isEmpty());
            gate.probed();
            assertThat(quote.awaitHeld(Station.PATIENCE)).isTrue();
            register.failures.set(1);
            quote.release();

            station.awaitDone("portrait");

            assertThat(register.failures).hasValue(0);
            assertThat(gate.closed()).isEmpty();
        }
    }

    /** Knows of one picture, once its release is signed. */
    private static final class Register implements ConsentStore {

        private final String sha256;
        private final AtomicBoolean signed = new AtomicBoolean();
        private final AtomicInteger failures = new AtomicInteger();

        Register(String sha256) {
            this.sha256 = sha256;
        }

        @Override
        public void record(Attestation attestation) {
            throw new AssertionError("Nobody attested anything here: " + attestation);
        }

        @Override
        public Coverage lookUp(String flow, String policyHash, Set<String> wanted, Instant at) {
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IllegalStateException("The register cannot be reached");
            }
            return signed.get() && wanted.contains(sha256)
                    ? new Coverage(Map.of(sha256, new Attestation("release-1", Attestation.Kind.GIVEN,
                            "Ada of the rights office", at, flow, Optional.of(policyHash), ConsentFlow.SEEDANCE.statements(),
                            List.of(new AttestedMedium(Optional.of(sha256), "Anna")), Optional.empty(), Optional.empty(),
                            Attestation.Way.REST, Optional.empty(), Optional.empty())), Set.of(), Set.of())
                    : Coverage.none();
        }

        @Override
        public Set<String> inForce(Collection<String> ids, Instant at) {
            return signed.get() ? Set.copyOf(ids) : Set.of();
        }

        @Override
        public boolean isRevoked(String person) {
            return false;
        }

        @Override
        public List<Attestation> revoke(Revocation revocation) {
            return List.of();
        }
    }
}
