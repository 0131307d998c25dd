package io.github.venicevideo.ledger.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.venicevideo.MovableClock;
import io.github.venicevideo.ledger.KeyId;
import io.github.venicevideo.ledger.OpenLedger;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.answer.Answer;
import io.github.venicevideo.venice.client.ApiCall;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How many calls of one key may come to nothing. */
@Timeout(180)
class FailureBudgetTest {

    private static final KeyId KEY = KeyId.of("https://api", Optional.of("secret-key"));

    @RegisterExtension
    private final OpenLedger open = new OpenLedger();
    private final MovableClock clock = open.clock();
    private Limits limits;

    @BeforeEach
    void begin() {
        limits = limits(KEY);
    }

    @Test
    void failuresStayUnderTheNumberAtWhichTheProviderBlocks() throws IOException {
        for (int i = 0; i < 16; i++) {
            limits.begin(ApiCall.OTHER);
            answered(ApiCall.OTHER, 404, Map.of());
        }
        assertThat(limits.failures().allows()).isFalse();
        assertThatThrownBy(() -> limits.begin(ApiCall.QUEUE)).isInstanceOf(IOException.class)
                .hasMessageContaining("block the key");

        clock.advance(Duration.ofSeconds(32));
        assertThat(limits.failures().allows()).isTrue();
        assertThat(limits.failures().failed()).isZero();
    }

    @Test
    void whatIsOnTheWireCountsAsIfItHadFailed() throws IOException {
        for (int i = 0; i < 16; i++) {
            limits.begin(ApiCall.OTHER);
        }
        assertThat(limits.failures().allows()).isFalse();

        answered(ApiCall.OTHER, 200, Map.of());
        limits.unanswered(ApiCall.OTHER, false);

        assertThat(limits.failures().allows()).isTrue();
        assertThat(limits.failures().failed()).isZero();
        limits.unanswered(ApiCall.OTHER, true);
        assertThat(limits.failures().failed()).isEqualTo(1);
    }

    @Test
    void whatIsLikelyToFailGetsHalfOfTheBudget() throws IOException {
        limits.failures().learn("doomed", false);
        for (int i = 0; i < 8; i++) {
            limits.begin(ApiCall.OTHER);
            answered(ApiCall.OTHER, 400, Map.of());
        }

        assertThat(limits.failures().isDoubtful("doomed")).isTrue();
        assertThat(limits.failures().isDoubtful("good")).isFalse();
        assertThat(limits.failures().allowsDoubtful()).isFalse();
        assertThat(limits.failures().allows()).isTrue();
        limits.failures().learn("doomed", true);
        assertThat(limits.failures().isDoubtful("doomed")).isFalse();
    }

    @Test
    void failuresAreRememberedByTheNextProgram() throws IOException {
        limits.begin(ApiCall.OTHER);
        answered(ApiCall.OTHER, 400, Map.of());
        limits.stop();
        restart();

        assertThat(limits.failures().failed()).isEqualTo(1);
    }

    @Test
    void whatAKilledProgramHadOnTheWireCountsAsFailedForTheNext() throws IOException {
        for (int i = 0; i < 10; i++) {
            limits.begin(ApiCall.OTHER);
        }
        restart();
        for (int i = 0; i < 4; i++) {
            limits.begin(ApiCall.OTHER);
        }
        restart();

        assertThat(limits.failures().failed()).isEqualTo(14);
        limits.begin(ApiCall.OTHER);
        limits.begin(ApiCall.OTHER);
        assertThatThrownBy(() -> limits.begin(ApiCall.OTHER)).isInstanceOf(IOException.class);
        clock.advance(Duration.ofSeconds(32));
        limits.begin(ApiCall.OTHER);
    }

    @Test
    void howManyMayBeOnTheWireIsLoweredWhenThereWereFewer() throws IOException {
        for (int i = 0; i < 10; i++) {
            limits.begin(ApiCall.OTHER);
        }
        for (int i = 0; i < 10; i++) {
            answered(ApiCall.OTHER, 200, Map.of());
        }
        for (int i = 0; i < 2; i++) {
            clock.advance(Duration.ofSeconds(32));
            oneCallAtATime(3);
        }
        restart();

        assertThat(limits.failures().failed()).isEqualTo(1);
    }

    @Test
    void aCallThatSucceedsCostsNoWrite() throws IOException {
        oneCallAtATime(1);
        long before = Files.size(open.folder().resolve("ledger.db-wal"));
        oneCallAtATime(100);

        assertThat(Files.size(open.folder().resolve("ledger.db-wal"))).isEqualTo(before);
    }

    private void oneCallAtATime(int calls) throws IOException {
        for (int i = 0; i < calls; i++) {
            limits.begin(ApiCall.OTHER);
            answered(ApiCall.OTHER, 200, Map.of());
        }
    }

    private void restart() {
        open.restart();
        begin();
    }

    private Limits limits(KeyId key) {
        return new Limits(open.ledger(), key, clock, Settings.packaged());
    }

    private void answered(ApiCall call, int status, Map<String, String> headers) {
        limits.answered(call, Answer.read(status, headers, InputStream.nullInputStream(), clock));
    }
}
