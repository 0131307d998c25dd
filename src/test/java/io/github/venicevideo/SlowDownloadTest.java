package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.api.JobState;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.fault.Hold;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A video that comes slowly does not stop the questions about the others. */
@Timeout(300)
class SlowDownloadTest {

    @TempDir
    private Path folder;

    @Test
    void otherJobsAreAskedAboutWhileAVideoIsFetched() throws Exception {
        try (Station station = Station.quick(folder).with("venice.poll.workers", "1")) {
            Hold slow = station.sandbox().faults().holdWhileSending(Call.RETRIEVE, 100);
            station.startImpatient().dropReady("slow", Map.of("prompt.txt", "slow"));
            assertThat(slow.awaitHeld(Station.PATIENCE)).isTrue();

            station.dropReady("quick", Map.of("prompt.txt", "quick"));
            station.awaitDone("quick");

            assertThat(station.ledger().jobs().all()).filteredOn(job -> job.bundle().equals("slow")).extracting(Job::state)
                    .containsExactly(JobState.GENERATING);
            slow.release();
            station.awaitDone("slow");
        }
    }
}
