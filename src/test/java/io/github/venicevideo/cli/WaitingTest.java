package io.github.venicevideo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.api.JobState;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.JobOptions;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.request.VideoRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WaitingTest {

    private static final Instant NOW = Instant.parse("2026-11-03T10:00:00Z");

    @Test
    void oneThatWaitsToBeSentHasItsPlace() {
        assertThat(waiting(true, Optional.empty(), 3).why(job(JobState.RECEIVED, "", NOW, 0, "")))
                .containsExactly("3 jobs are sent before it.", "The limits of the API let the next request go out at 2026-11-03T10:00:05Z.");
        assertThat(waiting(true, Optional.empty(), 0).why(job(JobState.RECEIVED, "", NOW, 0, "")))
                .first().isEqualTo("It is the next to be sent.");
    }

    @Test
    void aClosedGateAndAnotherApiAreTold() {
        assertThat(waiting(true, Optional.of("The key is refused."), 0).why(job(JobState.RECEIVED, "", NOW, 0, "")))
                .first().isEqualTo("Nothing is sent now. The key is refused.");
        assertThat(waiting(false, Optional.empty(), 0).why(job(JobState.RECEIVED, "", NOW, 0, "")))
                .singleElement().asString().contains("belongs to https://api");
    }

    @Test
    void oneThatIsTriedAgainTellsWhenAndWhy() {
        assertThat(waiting(true, Optional.empty(), 0).why(job(JobState.RECEIVED, "", NOW.plusSeconds(60), 2, "503 Try later")))
                .containsExactly("It was tried, and is tried again at 2026-11-03T10:01:00Z, after 2 tries. 503 Try later");
    }

    @Test
    void oneThatABudgetHoldsTellsWhenItGoesOn() {
        Waiting waiting = new Waiting(NOW, true, Optional.empty(), 0, Optional.empty(), Optional.of(Instant.parse("2026-11-04T00:00:00Z")),
                List.of());

        assertThat(waiting.why(job(JobState.PARKED, "over-budget", NOW, 0, "It would cost 0.50 USD.")))
                .containsExactly("It would cost 0.50 USD.", "It goes on by itself at 2026-11-04T00:00:00Z.",
                        "A person may answer approve or reject: the form is in parked/gondola.");
    }

    private static Waiting waiting(boolean ours, Optional<String> closed, long before) {
        return new Waiting(NOW, ours, closed, before, Optional.of(NOW.plusSeconds(5)), Optional.empty(), List.of());
    }

    private static Job job(JobState state, String reason, Instant dueAt, int troubles, String message) {
        return new Job("1", "gondola", "drop", Optional.empty(), state, Optional.of(reason).filter(code -> !code.isEmpty()),
                Optional.of(message).filter(said -> !said.isEmpty()), Optional.empty(), "https://api",
                new VideoRequest(Json.mapper().createObjectNode(), List.of()), JobOptions.none(), "", 0, Optional.empty(), Optional.empty(),
                Optional.of(500_000L), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0, Optional.empty(),
                Optional.empty(), troubles, 0, Optional.empty(), Optional.empty(), dueAt, Optional.empty(), true,
                Optional.of("parked/gondola"), NOW, NOW, Optional.empty());
    }
}
