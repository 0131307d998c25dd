package io.github.venicevideo.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.sandbox.call.SandboxOptions;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The consent handshake, contract section Consent. */
@Timeout(180)
class ConsentTest {

    private static final Map<String, Object> CONSENTS = Map.of("seedance", Map.of("confirmed_terms_and_privacy", true,
            "confirmed_legal_right", true, "confirmed_screening_acknowledged", true));

    @TempDir
    Path dir;
    private Sandbox sandbox;
    private Client client;

    @BeforeEach
    void start() throws Exception {
        sandbox = Sandbox.start(SandboxOptions.forTests(dir));
        client = new Client(sandbox);
    }

    @AfterEach
    void stop() throws Exception {
        sandbox.close();
    }

    @Test
    void aFaceIsAskedForInExactlyThisShapeAndCostsNothing() throws Exception {
        Client.Answer asked = client.queue(frames(Samples.face("Ada"), Samples.png(400, 400)));

        assertThat(asked.status()).isEqualTo(409);
        JsonNode json = asked.json();
        assertThat(json.properties().stream().map(Map.Entry::getKey)).containsExactlyInAnyOrder("error",
                "consent_flow", "face_media_roles", "consent", "docs_url");
        assertThat(json.at("/error/code").asText()).isEqualTo("needs_consent");
        assertThat(json.path("consent_flow").asText()).isEqualTo("seedance");
        assertThat(json.path("face_media_roles").toString()).isEqualTo("[\"image\"]");
        assertThat(json.at("/consent/consent_version").asText()).isEqualTo("v2.0");
        assertThat(json.at("/consent/policy_text").asText()).isNotBlank();
        assertThat(sandbox.accepted()).isEmpty();
        assertThat(sandbox.balance()).isEqualByComparingTo(new BigDecimal("100"));
    }

    @Test
    void withConsentTheSameBytesPassForEver() throws Exception {
        Map<String, Object> request = frames(Samples.face("Ada"), Samples.face("Grace"));

        assertThat(client.queue(request).json().path("face_media_roles")).hasSize(2);
        assertThat(client.queue(Client.with(request, "consents", CONSENTS)).status()).isEqualTo(200);
        assertThat(client.queue(request).status()).isEqualTo(200);
    }

    @Test
    void oneKnownFaceAndOneNewAsksAgain() throws Exception {
        client.queue(Client.with(frames(Samples.face("Ada"), Samples.png(400, 400)), "consents", CONSENTS));

        assertThat(client.queue(frames(Samples.face("Ada"), Samples.png(400, 400))).status()).isEqualTo(200);
        assertThat(client.queue(frames(Samples.face("Ada"), Samples.face("Grace"))).status()).isEqualTo(409);
    }

    @Test
    void asksAgainAfterRevocationAndUnderANewPolicy() throws Exception {
        Map<String, Object> request = frames(Samples.face("Ada"), Samples.png(400, 400));
        client.queue(Client.with(request, "consents", CONSENTS));

        sandbox.revokeConsent();
        assertThat(client.queue(request).status()).isEqualTo(409);

        client.queue(Client.with(request, "consents", CONSENTS));
        sandbox.policy("v3.0", "Everything is different now.");
        Client.Answer asked = client.queue(request);
        assertThat(asked.status()).isEqualTo(409);
        assertThat(asked.json().at("/consent/policy_text").asText()).isEqualTo("Everything is different now.");
    }

    @Test
    void aFaceBehindAUrlIsAskedForEachTime() throws Exception {
        Map<String, Object> request = references("https://example.com/venice-sandbox-face.png");

        assertThat(client.queue(request).json().path("face_media_roles").toString())
                .isEqualTo("[\"reference_image\"]");
        assertThat(client.queue(Client.with(request, "consents", CONSENTS)).status()).isEqualTo(200);
        assertThat(client.queue(request).status()).isEqualTo(409);
    }

    @Test
    void basicModelsAndOtherFamiliesNeverAsk() throws Exception {
        Map<String, Object> request = frames(Samples.face("Ada"), Samples.face("Grace"));

        assertThat(client.queue(Client.with(request, "model", "seedance-2-0-image-to-video-basic")).status())
                .isEqualTo(200);
        assertThat(client.queue(Client.with(request, "model", "wan-2-7-image-to-video")).status()).isEqualTo(200);
        assertThat(client.queue(Client.with(request, "model", "seedance-2-0-fast-image-to-video")).status())
                .isEqualTo(409);
    }

    @Test
    void attestedMediaOutliveARestart() throws Exception {
        Map<String, Object> request = frames(Samples.face("Ada"), Samples.png(400, 400));
        client.queue(Client.with(request, "consents", CONSENTS));

        sandbox.close();
        start();

        assertThat(client.queue(request).status()).isEqualTo(200);
    }

    private static Map<String, Object> frames(byte[] first, byte[] last) {
        return new HashMap<>(Map.of("model", "seedance-2-0-image-to-video", "prompt", "She smiles", "duration", "5s",
                "image_url", Samples.image(first), "end_image_url", Samples.image(last)));
    }

    private static Map<String, Object> references(String url) {
        return new HashMap<>(Map.of("model", "seedance-2-0-reference-to-video", "prompt", "She smiles", "duration",
                "5s", "reference_image_urls", List.of(url)));
    }
}
