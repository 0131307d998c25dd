package io.github.venicevideo.consent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.MovableClock;
import io.github.venicevideo.api.Attestation;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.api.Policy;
import io.github.venicevideo.api.Revocation;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.drop.Drops;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.job.Due;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.JobOptions;
import io.github.venicevideo.ledger.job.NewJob;
import io.github.venicevideo.ledger.work.Exchanges;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.request.ConsentFlow;
import io.github.venicevideo.venice.request.Media;
import io.github.venicevideo.venice.request.VideoRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Consent was given for all media of a request, also where the provider has no word for their place. */
@Timeout(180)
class RevokedMediaTest {

    private static final Policy POLICY = new Policy(ConsentFlow.SEEDANCE.key(), "v9", "I may use this person's image.");
    private static final String IMAGE = "a".repeat(64);
    private static final String ELEMENT = "b".repeat(64);

    @TempDir
    private Path folder;
    private final MovableClock clock = new MovableClock();
    private Ledger ledger;
    private ConsentAhead ahead;

    @BeforeEach
    void open() {
        ledger = new Ledger(folder, clock);
        ledger.start();
        ledger.consentPolicies().seen(POLICY);
        Settings settings = Settings.packaged();
        ahead = new ConsentAhead(ledger, ledger.consentStore(), new Consent(Home.at(folder), ledger, ledger.consentStore(),
                new Drops(settings, folder), clock, settings), clock, settings);
    }

    @AfterEach
    void close() {
        ledger.stop();
    }

    @Test
    void whatWasGrantedForAllMediaGoesOutUntilOneOfThemIsTakenBack() {
        Job job = job(request());
        given(job);
        Exchange sent = exchange();
        assertThat(ahead.judge(job, sent)).isEmpty();
        assertThat(sent.getProperty(Exchanges.CONSENTS)).isNotNull();

        revoke(ELEMENT);

        assertAsked(job);
        clock.advance(Duration.ofMinutes(1));
        given(job);
        assertThat(ahead.judge(job, exchange())).isEmpty();
    }

    @Test
    void aManifestsConsentDoesNotGoOutWithAMediumOfWhichItWasTakenBack() {
        ObjectNode fields = request();
        ObjectNode written = fields.putObject("consents").putObject(ConsentFlow.SEEDANCE.key());
        ConsentFlow.SEEDANCE.statements().forEach(statement -> written.put(statement, true));
        Job job = job(fields);
        assertThat(ahead.judge(job, exchange())).isEmpty();

        revoke(ELEMENT);

        assertAsked(job);
    }

    @Test
    void aMediumThatWasTakenBackGoesToNoModelUnasked() {
        Job job = job(request().put("model", "kling-o3-pro-reference-to-video"));
        assertThat(ahead.judge(job, exchange())).isEmpty();

        revoke(ELEMENT);

        assertAsked(job);
    }

    private void assertAsked(Job job) {
        Exchange exchange = exchange();
        Question question = ahead.judge(job, exchange).orElseThrow();
        assertThat(exchange.getProperty(Exchanges.CONSENTS)).isNull();
        assertThat(question.because()).isEqualTo(Question.Because.REVOKED);
        assertThat(question.hashes()).containsExactlyInAnyOrder(IMAGE, ELEMENT);
    }

    /** As a person answers a question that is about all media. */
    private void given(Job job) {
        new Grants(ledger.consentStore(), ledger, clock, List.of()).by(job, new Attestation("given at " + clock.instant(),
                Attestation.Kind.GIVEN, "Ada Lovelace", clock.instant(), POLICY.flow(), Optional.of(POLICY.hash()),
                ConsentFlow.SEEDANCE.statements(), FaceMedia.all(job.request()).stream().map(FaceMedium::attested).toList(),
                Optional.of(job.id()), Optional.of("bundle"), Attestation.Way.FILE, Optional.empty(), Optional.empty()));
    }

    private void revoke(String sha256) {
        clock.advance(Duration.ofMinutes(1));
        ledger.consentStore().revoke(new Revocation("r", clock.instant(), "Anna", Revocation.Scope.MEDIUM, sha256,
                Optional.empty()));
    }

    private static ObjectNode request() {
        ObjectNode fields = Json.mapper().createObjectNode().put("model", "seedance-2-0-reference-to-video")
                .put("image_url", "");
        fields.putArray("elements").addObject().put("frontal_image_url", "");
        return fields;
    }

    private Job job(ObjectNode fields) {
        VideoRequest request = new VideoRequest(fields, List.of(
                new Media("/image_url", "dropped/image.png", "image/png", 7, IMAGE, false),
                new Media("/elements/0/frontal_image_url", "dropped/element.png", "image/png", 7, ELEMENT, false)));
        ledger.newJobs().record(List.of(new NewJob("1", "bundle", "drop", Optional.empty(), JobState.RECEIVED, Optional.empty(),
                Optional.empty(), Optional.empty(), "api", request, JobOptions.none(), "hash", Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty())));
        return ledger.leases().claim(Due.RECEIVED, Duration.ofHours(1)).orElseThrow();
    }

    private static Exchange exchange() {
        return new DefaultExchange(new DefaultCamelContext());
    }
}
