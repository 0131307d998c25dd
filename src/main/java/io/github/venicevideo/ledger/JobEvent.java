package io.github.venicevideo.ledger;

import java.time.Instant;

/**
 * A job has ended or is parked, and somebody may want to know.
 *
 * @param id unique, for receivers that must tell a repetition
 * @param type {@code delivered}, {@code failed} or {@code parked}
 */
public record JobEvent(String id, String jobId, Instant at, String type) {
}
