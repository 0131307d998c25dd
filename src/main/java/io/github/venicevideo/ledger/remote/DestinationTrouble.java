package io.github.venicevideo.ledger.remote;

import java.time.Instant;

/**
 * A destination that has taken nothing since something went wrong there.
 *
 * @param destination its configured name
 * @param since when the oldest of its unfinished deliveries first failed
 * @param message why the last try failed, as a sentence without secrets
 * @param name what the video is called there that this was with
 * @param waiting how many jobs wait for it
 * @param givenUp how many jobs were delivered without it, since it last took one
 */
public record DestinationTrouble(String destination, Instant since, String message, String name, long waiting, long givenUp) {
}
