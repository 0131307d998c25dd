package io.github.venicevideo.ledger.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.ledger.KeyId;
import io.github.venicevideo.ledger.OpenLedger;
import io.github.venicevideo.ledger.job.Reason;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.answer.Answer;
import io.github.venicevideo.venice.client.ApiCall;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When an API is told to be out of reach, and when that is over. */
@Timeout(180)
class ReachTest {

    private static final KeyId KEY = KeyId.of("https://api", Optional.of("key"));

    @RegisterExtension
    private final OpenLedger open = new OpenLedger();
    private Limits limits;

    @BeforeEach
    void waiting() {
        limits = new Limits(open.ledger(), KEY, open.clock(), Settings.packaged());
        open.record("1");
    }

    @Test
    void oneCallInVainIsAnAccidentAndTwoAreNot() throws Exception {
        call();
        limits.unanswered(ApiCall.OTHER, false);
        assertThat(limits.reach().trouble()).isEmpty();

        call();
        limits.unanswered(ApiCall.OTHER, true);
        assertThat(limits.reach().trouble()).hasValueSatisfying(said -> assertThat(said).contains("calls are not answered"));

        call();
        limits.answered(ApiCall.OTHER, answer(503));
        assertThat(limits.reach().trouble()).as("the API itself says that it is busy").isEmpty();
    }

    @Test
    void aCallThatIsNotAnsweredForLongIsTold() throws Exception {
        call();
        open.clock().advance(Duration.ofSeconds(39));
        assertThat(limits.reach().trouble()).isEmpty();

        open.clock().advance(Duration.ofSeconds(2));

        assertThat(limits.reach().trouble()).hasValueSatisfying(said -> assertThat(said).contains("does not answer"));
        limits.answered(ApiCall.OTHER, answer(200));
        assertThat(limits.reach().trouble()).isEmpty();
    }

    @Test
    void anUploadMayTakeItsTime() throws Exception {
        limits.begin(ApiCall.QUEUE);
        open.clock().advance(Duration.ofMinutes(5));

        assertThat(limits.reach().trouble()).isEmpty();
    }

    @Test
    void whatNobodyWaitsForIsNotTold() throws Exception {
        open.ledger().transitions().failed(open.take(), Reason.REFUSED, "No", Optional.empty());
        call();
        limits.unanswered(ApiCall.OTHER, false);
        call();
        limits.unanswered(ApiCall.OTHER, false);

        assertThat(limits.reach().trouble()).isEmpty();
        assertThat(limits.reach().isUnknownFor(Duration.ofSeconds(1))).isFalse();
    }

    @Test
    void itIsUnknownWhenSomethingWaitsAndNothingWasAsked() throws Exception {
        assertThat(limits.reach().isUnknownFor(Duration.ofSeconds(25))).isTrue();
        call();
        limits.answered(ApiCall.OTHER, answer(200));
        assertThat(limits.reach().isUnknownFor(Duration.ofSeconds(25))).isFalse();
        open.clock().advance(Duration.ofSeconds(26));
        assertThat(limits.reach().isUnknownFor(Duration.ofSeconds(25))).isTrue();
    }

    private void call() throws Exception {
        limits.begin(ApiCall.OTHER);
    }

    private Answer answer(int status) {
        return Answer.read(status, Map.of(), InputStream.nullInputStream(), open.clock());
    }
}
