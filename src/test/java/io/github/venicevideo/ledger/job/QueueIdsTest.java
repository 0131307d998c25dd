package io.github.venicevideo.ledger.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.venicevideo.api.JobState;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.request.VideoRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the API has accepted belongs to one job alone. */
class QueueIdsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private Path folder;
    private Ledger ledger;

    @BeforeEach
    void open() {
        ledger = new Ledger(folder, Clock.fixed(NOW, ZoneOffset.UTC));
        ledger.start();
        record("first", JobState.GENERATING, Optional.of("q"));
    }

    @AfterEach
    void close() {
        ledger.stop();
    }

    @Test
    void anAnswerThatBringsAnothersChangesNothing() {
        record("second", JobState.RECEIVED, Optional.empty());
        Job sending = ledger.transitions().submitting(ledger.leases().claim(Due.RECEIVED, java.time.Duration.ofMinutes(1)).orElseThrow());

        assertThatThrownBy(() -> ledger.transitions().generating(sending, "model", "q", Optional.empty(), NOW, NOW))
                .isInstanceOf(QueueIdTakenException.class).hasMessageContaining("first");

        assertThat(ledger.jobs().find("second").orElseThrow().state()).isEqualTo(JobState.SUBMITTING);
        assertThat(ledger.transitions().generating(sending, "model", "q2", Optional.empty(), NOW, NOW).queueId()).contains("q2");
    }

    @Test
    void aJobThatIsFoundWithAnothersIsInDoubt() {
        Job second = record("second", JobState.GENERATING, Optional.of("q"));

        assertThat(second.state()).isEqualTo(JobState.PARKED);
        assertThat(second.reason()).contains("in-doubt");
        assertThat(second.message().orElseThrow()).contains("q").contains("first");
        assertThat(second.queueId()).isEmpty();
        assertThat(ledger.jobs().findByQueueId("https://api", "q")).map(Job::id).contains("first");
    }

    @Test
    void adoptingAnothersIsRefused() {
        Job second = record("second", JobState.GENERATING, Optional.of("q"));

        assertThatThrownBy(() -> ledger.parkedJobs().answeredToAsk(second, "adopt", "model", "q", NOW, Optional.empty()))
                .isInstanceOf(QueueIdTakenException.class);
        assertThat(ledger.jobs().find("second").orElseThrow().state()).isEqualTo(JobState.PARKED);
    }

    private Job record(String id, JobState state, Optional<String> queueId) {
        return ledger.newJobs().record(List.of(new NewJob(id, id, "drop", Optional.empty(), state, Optional.empty(), Optional.empty(),
                Optional.empty(), "https://api", new VideoRequest(Json.mapper().createObjectNode(), List.of()), JobOptions.none(), id,
                queueId.map(known -> "model"), queueId, Optional.empty(), queueId.map(known -> NOW)))).get(0);
    }
}
