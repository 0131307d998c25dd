package io.github.venicevideo.ledger.job;

import io.github.venicevideo.api.JobState;
import java.time.Instant;
import java.util.Optional;

/** One change of a job's state; never altered once written. */
public record HistoryEntry(Instant at, JobState state, Optional<String> reason, Optional<String> message) {
}
