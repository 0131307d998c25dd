package com.example.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.venicevideo.api.Attestation;
import io.github.venicevideo.api.AttestedMedium;
import io.github.venicevideo.api.ConsentStore;
import io.github.venicevideo.api.Coverage;
import io.github.venicevideo.api.Policy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever the service answers, there is no consent unless it says so in full. */
@Timeout(60)
class FailsClosedTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final String ANNA = "a".repeat(64);
    private static final String POLICY = Policy.hashOf("text");

    private CompanyService service;
    private ConsentStore store;

    @BeforeEach
    void open() throws Exception {
        service = new CompanyService();
        store = new HttpConsentStore(service.address(), CompanyService.TOKEN, Duration.ofSeconds(20));
    }

    @AfterEach
    void close() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            503 | {}
            302 | {}
            200 | <html>Log in first</html>
            200 | ''
            200 | []
            200 | {}
            200 | {"attested": {}, "revoked": "none", "expired": [], "ids": null}
            200 | {"attested": {}, "revoked": [7], "expired": [], "ids": [7], "ended": [7]}
            """)
    void anAnswerThatIsNoneIsAnException(int status, String body) {
        service.answerWith(status, body);

        assertThatThrownBy(this::lookUp).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> store.inForce(List.of("1"), NOW)).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> store.isRevoked("Ada")).isInstanceOf(RuntimeException.class);
    }

    @Test
    void anAttestationThatDoesNotCoverIsAnException() {
        assertThat(answered(attestation("Ada", "seedance", POLICY, ANNA, Attestation.Kind.GIVEN))).isTrue();
        for (Attestation wrong : List.of(attestation(" ", "seedance", POLICY, ANNA, Attestation.Kind.GIVEN),
                attestation("Ada", "other", POLICY, ANNA, Attestation.Kind.GIVEN),
                attestation("Ada", "seedance", Policy.hashOf("other"), ANNA, Attestation.Kind.GIVEN),
                attestation("Ada", "seedance", POLICY, "b".repeat(64), Attestation.Kind.GIVEN),
                attestation("Ada", "seedance", POLICY, ANNA, Attestation.Kind.STANDING))) {
            assertThatThrownBy(() -> answered(wrong)).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("does not cover");
        }
    }

    @Test
    void aServiceThatDoesNotAnswerIsAnException() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            store = new HttpConsentStore(URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/"), CompanyService.TOKEN,
                    Duration.ofMillis(200));

            assertThatThrownBy(this::lookUp).isInstanceOf(RuntimeException.class);
        }
        assertThatThrownBy(this::lookUp).isInstanceOf(RuntimeException.class);
    }

    private boolean answered(Attestation attestation) {
        ObjectMapper mapper = new ObjectMapper();
        var answer = mapper.createObjectNode();
        answer.putObject("attested").set(ANNA, AttestationJson.write(mapper, attestation));
        answer.putArray("revoked");
        answer.putArray("expired");
        service.answerWith(200, answer.toString());
        return lookUp().attested().containsKey(ANNA);
    }

    private Coverage lookUp() {
        return store.lookUp("seedance", POLICY, Set.of(ANNA), NOW);
    }

    private static Attestation attestation(String by, String flow, String policy, String medium, Attestation.Kind kind) {
        return new Attestation("1", kind, by, NOW, flow, Optional.of(policy), List.of("confirmed_legal_right"),
                List.of(new AttestedMedium(Optional.of(medium), "a.png")), Optional.empty(), Optional.empty(),
                Attestation.Way.REST, Optional.empty(), Optional.empty());
    }
}
