package io.github.venicevideo.ledger.job;

import java.time.Instant;
import java.util.Optional;

/**
 * A job has ended or is parked, and somebody may want to know.
 *
 * @param id unique, for receivers that must tell a repetition
 * @param type {@code delivered}, {@code failed} or {@code parked}; {@code overdue} for an alarm
 * @param body what it says, as JSON; empty until its bundle is filed, or an alarm is told
 */
public record JobEvent(String id, String jobId, Instant at, String type, Optional<String> body) {
}
