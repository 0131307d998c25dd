package io.github.venicevideo.venice.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the API may be asked to fetch media from. */
class MediaUrlRuleTest {

    private final MediaUrlRule rule = new MediaUrlRule(List.of("media.intern", "10.1.2.3", "[fd00::7]", "nas.local:8080"));

    @ParameterizedTest
    @ValueSource(strings = {"https://example.org/a.png", "HTTP://EXAMPLE.ORG:8080/a?b#c", "https://8.8.8.8/a",
            "https://[2606:4700::1111]:443/a", "https://bücher.example/a", "https://example.org./a",
            "https://user@example.org/a", "https://a_b.example.org/a", "https://example.org/http://127.0.0.1/",
            "https://example.org?u=@127.0.0.1", "http://media.intern/a", "http://MEDIA.intern.:9000/a", "http://10.1.2.3/",
            "http://[fd00::7]/a", "http://nas.local/a", "https://[::ffff:8.8.8.8]/"})
    void publicAndAllowedHosts(String url) {
        assertThat(rule.refusal(url)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f000001/",
            "http://0x7f.0.0.1/", "http://0177.0.0.1/", "http://017700000001/", "http://012.1.2.3/", "http://127.0.0.1./",
            "http://10.0.0.1/", "http://172.16.5.4/", "http://192.168.1.1:80/", "http://169.254.169.254/latest/meta-data",
            "http://100.64.0.1/", "http://0.0.0.0/", "http://localhost/", "http://LOCALHOST:8080/", "http://a.localhost/",
            "http://printer.local/", "http://db.internal/", "http://intranet/", "http://[::1]/", "http://[::]/",
            "http://[fe80::1]/", "http://[fd00::1]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/",
            "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://[fe80::1%25eth0]/",
            "http://example.org@127.0.0.1/", "http://a@b@127.0.0.1/", "http://127.0.0.1\\@example.org/",
            "http://example.org\\.127.0.0.1/", "http://%31%32%37.0.0.1/", "http://１２７.０.０.１/", "http://127。0。0。1/",
            "http://ⓛocalhost/", "http://metadata/", "http://user:secret@localhost/", "http:///a", "http://:80/",
            "http://[::1/", "http://127.0.0.1:80:80/", "http://256.256.256.256/", "http://1.2.3/"})
    void privateHostsInEverySpelling(String url) {
        assertThat(rule.refusal(url)).isPresent();
        assertThat(rule.refusal(url).orElseThrow()).doesNotContain("secret");
    }
}
