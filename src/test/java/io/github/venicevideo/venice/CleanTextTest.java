package io.github.venicevideo.venice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What may be said of what others say. */
class CleanTextTest {

    @Test
    void theSignatureOfAUrlThatAnAnswerRepeatsIsNotKept() {
        assertThat(CleanText.of("Could not fetch https://b.s3.amazonaws.com/a.png?X-Amz-Algorithm=AWS4-HMAC-SHA256"
                + "&X-Amz-Credential=AKIA%2F2026&X-Amz-Signature=abc123 for image_url"))
                .isEqualTo("Could not fetch https://b.s3.amazonaws.com/a.png?… for image_url");
        assertThat(CleanText.of("{\"url\": \"https://b/a.png?versionId=1&X-Amz-Signature=abc\"}"))
                .isEqualTo("{\"url\": \"https://b/a.png?…\"}");
    }
}
