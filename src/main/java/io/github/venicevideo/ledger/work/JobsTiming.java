package io.github.venicevideo.ledger.work;

import io.github.venicevideo.venice.Backoff;
import java.time.Duration;

/**
 * How consumers of the ledger keep time.
 *
 * @param idle how long at most until the ledger is asked again, when nobody woke the consumer
 * @param lease how long a claim holds; renewed at a third of it while its worker is at it
 * @param retry the pauses after steps that broke off with an exception
 */
public record JobsTiming(Duration idle, Duration lease, Backoff retry) {
}
