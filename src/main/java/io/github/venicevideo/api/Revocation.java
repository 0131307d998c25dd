package io.github.venicevideo.api;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Somebody takes consent back. It ends what was attested before it; what is attested after it holds.
 *
 * @param id unique, at most 64 characters; a repetition changes nothing
 * @param by who takes it back, at most 200 characters
 * @param scope what {@code target} is
 * @param target an attestation's id, a medium's SHA-256, or a person's name
 * @param note why; at most 500 characters
 */
public record Revocation(String id, Instant at, String by, Scope scope, String target, Optional<String> note) {

    /** What is taken back. */
    public enum Scope {
        /** One attestation, with all its media. */
        ATTESTATION,
        /** Everything that was attested of one medium, by whomever. */
        MEDIUM,
        /** Everything that one person attested. */
        PERSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
