package io.github.venicevideo.venice.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.venice.answer.DownloadUrl;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadUrlRuleTest {

    private final DownloadUrlRule rule = new DownloadUrlRule(List.of("127.0.0.1", "Media.Intern", "[::1]"));

    @ParameterizedTest
    @ValueSource(strings = {
        "https://cdn.example.com/v.mp4?X-Amz-Signature=a%2Fb+c%3D=", "HTTPS://cdn.example.com:8443/", "https://8.8.8.8/v",
        "https://[2606:4700::1111]/v", "http://127.0.0.1:9000/v", "http://media.intern/v", "https://MEDIA.INTERN./v",
        "http://[::1]:1/v", "https://100.128.0.1/", "https://172.32.0.1/", "https://3com.example/"})
    void letsThrough(String url) {
        assertThat(rule.refusal(new DownloadUrl(url))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "http://cdn.example.com/secret", "ftp://cdn.example.com/secret", "file:///etc/secret", "secret", "", "https:///secret",
        "https://user:secret@cdn.example.com/", "http://user@127.0.0.1/secret", "https://localhost/secret",
        "https://localhost./secret", "https://intranet/secret", "https://nas.local/secret", "https://db.internal/secret",
        "https://10.0.0.1/secret", "https://127.0.0.2/secret", "https://169.254.169.254/secret", "https://172.31.255.255/secret",
        "https://192.168.1.1/secret", "https://100.64.0.1/secret", "https://0.0.0.0/secret", "https://224.0.0.1/secret",
        "https://255.255.255.255/secret", "https://198.18.0.1/secret", "https://2130706433/secret", "https://0x7f000001/secret",
        "https://0x7f.1/secret", "https://127.1/secret", "https://0177.0.0.1/secret", "https://[::]/secret",
        "https://[::ffff:10.0.0.1]/secret", "https://[fe80::1]/secret", "https://[fd00::1]/secret", "https://[64:ff9b::a00:1]/secret",
        "https://[2002:a00:1::]/secret", "https://cdn.example.com/{{venice.api.key}}/secret", "https://cdn.example.com/a secret",
        "https://cdn.example.com/secret\r\nHost: x", "//cdn.example.com/secret", "https:cdn.example.com/secret",
        "https://exa\u00admple.com/secret", "https://cdn.example.com\\@10.0.0.1/secret"})
    void refusesWithAReasonThatDoesNotShowIt(String url) {
        assertThat(rule.refusal(new DownloadUrl(url))).hasValueSatisfying(reason ->
                assertThat(reason).endsWith(".").doesNotContain("secret"));
    }

    @Test
    void refusesTheEndless() {
        assertThat(rule.refusal(new DownloadUrl("https://cdn.example.com/" + "x".repeat(10_000)))).isPresent();
        assertThat(rule.refusal(new DownloadUrl(null))).isPresent();
    }

    @Test
    void neverShowsTheUrl() {
        assertThat(new DownloadUrl("https://cdn.example.com/v?sig=1").toString()).doesNotContain("cdn");
    }
}
