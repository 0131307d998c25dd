package io.github.venicevideo.venice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class SafeMessageTest {

    @Test
    void noAddressIsEverShown() {
        assertThat(SafeMessage.of(new IOException("Illegal character at index 9: https://cdn.example.com/v?sig=1")))
                .isEqualTo("IOException: Illegal character at index 9: (an address)");
        assertThat(SafeMessage.of(new IOException("GET /videos/1.mp4?sig=secret failed")))
                .isEqualTo("IOException: GET (an address) failed");
        assertThat(SafeMessage.of(new IOException("Connect to cdn.example.com:443 failed: Connection refused")))
                .isEqualTo("IOException: Connect to cdn.example.com:443 failed: Connection refused");
        assertThat(SafeMessage.of(new IOException())).isEqualTo("IOException");
    }
}
