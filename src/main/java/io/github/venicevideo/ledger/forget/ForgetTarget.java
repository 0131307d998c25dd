package io.github.venicevideo.ledger.forget;

import io.github.venicevideo.api.Policy;
import io.github.venicevideo.ledger.consent.LedgerConsentStore;
import java.util.Locale;
import java.util.Optional;

/**
 * What is to be forgotten.
 *
 * @param value a job's id, the SHA-256 of a medium's bytes, or the name of a person
 */
public record ForgetTarget(Kind kind, String value) {

    private static final int SHORTEST_NAME = 3;

    /** What {@code value} is. */
    public enum Kind {
        /** One job: its bundle, what it asked for, and what people said about it. */
        JOB,
        /** One medium, and every job that it was part of. */
        MEDIUM,
        /** Who attested, and every job that rests on it or whose words have the name. */
        PERSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @throws IllegalArgumentException when the value cannot be one */
    public ForgetTarget {
        value = kind == Kind.MEDIUM ? value.strip().toLowerCase(Locale.ROOT) : value.strip();
        if (kind == Kind.MEDIUM && !value.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("The medium " + value + " is no SHA-256: give 64 characters of 0-9a-f, as"
                    + " sha256sum prints them.");
        }
        if (value.length() < (kind == Kind.PERSON ? SHORTEST_NAME : 1)) {
            throw new IllegalArgumentException("The " + kind + " is too short: give " + (kind == Kind.PERSON
                    ? "the whole name." : "the whole id."));
        }
    }

    /** The SHA-256, where a medium is to be forgotten. */
    Optional<String> medium() {
        return kind == Kind.MEDIUM ? Optional.of(value) : Optional.empty();
    }

    /** Tells one target from another, and does not hold it; one person's name is one target however it is spelt. */
    String digest() {
        return Policy.hashOf(kind + "\n" + (kind == Kind.PERSON ? LedgerConsentStore.folded(value) : value));
    }
}
