package io.github.venicevideo.poll;

import java.time.Instant;
import java.util.Optional;

/**
 * A finished video that could not be fetched.
 *
 * @param message why, without an address
 * @param hopeless whether another try would end the same way
 * @param notBefore when the server allows the next try
 */
record NotFetched(String message, boolean hopeless, Optional<Instant> notBefore) {

    static NotFetched passing(String message) {
        return new NotFetched(message, false, Optional.empty());
    }

    static NotFetched hopeless(String message) {
        return new NotFetched(message, true, Optional.empty());
    }
}
