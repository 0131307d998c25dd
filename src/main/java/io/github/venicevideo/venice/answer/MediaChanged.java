package io.github.venicevideo.venice.answer;

/**
 * Nothing usable was sent, and another try would end the same way: the job's files are not what was recorded.
 *
 * @param message which file, and what is wrong with it
 */
public record MediaChanged(String message) implements QueueOutcome, QuoteOutcome {
}
