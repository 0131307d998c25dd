package io.github.venicevideo.venice.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiAddressTest {

    private final ApiAddress api = ApiAddress.of("https://api.venice.ai/api/v1/");

    @ParameterizedTest
    @CsvSource({
        "https://api.venice.ai/api/v1/video/queue, true", "https://API.VENICE.AI:443/api/v1/models?type=video, true",
        "https://api.venice.ai/api/v1, true", "http://api.venice.ai/api/v1/video/queue, false",
        "https://api.venice.ai:8443/api/v1/video/queue, false", "https://api.venice.ai/api/v10/video/queue, false",
        "https://api.venice.ai/other, false", "https://api.venice.ai/api/v1/../../other, false",
        "https://api.venice.ai.evil.example/api/v1/video/queue, false", "https://evil.example/api/v1/video/queue, false"})
    void coversOnlyItself(URI address, boolean covered) {
        assertThat(api.covers(address)).isEqualTo(covered);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://a.example", "http://localhost:8080/api/v1", "http://127.0.0.1:1", "http://[::1]:1/x"})
    void takesHttpsAndThisMachine(String url) {
        assertThat(ApiAddress.of(url).covers(URI.create(url + "/video/queue"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://a.example", "http://10.0.0.1/", "ftp://localhost/", "", "api.venice.ai", "https://u:p@a.example",
        "https://a.example/?x=1", "http://localhost.evil.example/", "https://a b"})
    void refusesWhatWouldShowTheKey(String url) {
        assertThatThrownBy(() -> ApiAddress.of(url)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("venice.api.url");
    }
}
