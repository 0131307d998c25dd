package io.github.venicevideo.api;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A person's statement that they may have these media used, under one policy text. Never altered once recorded.
 *
 * @param id unique, at most 64 characters; whoever records it chooses it, so that a repetition can be told
 * @param kind whom it serves
 * @param by the person, as they wrote their name; at most 200 characters
 * @param at when it was given
 * @param flow the provider's name of the procedure
 * @param policyHash which text they agreed to; empty where they were shown none, as in a manifest
 * @param confirmed the statements that they made, one by one, by the provider's names of them
 * @param media what it is about; only those with a digest can ever serve a second job
 * @param jobId the job that it was asked for
 * @param bundle the bundle of that job
 * @param way how it came in
 * @param note what it rests on: a release form's number, a file; at most 500 characters
 * @param validUntil from then on it serves no job
 */
public record Attestation(String id, Kind kind, String by, Instant at, String flow, Optional<String> policyHash,
                          List<String> confirmed, List<AttestedMedium> media, Optional<String> jobId,
                          Optional<String> bundle, Way way, Optional<String> note, Optional<Instant> validUntil) {

    /** How many characters an id may have. */
    public static final int LONGEST_ID = 64;

    /** The name that stands for whoever wrote {@code consents} into a manifest. */
    public static final String UNNAMED = "manifest, unnamed";

    public Attestation {
        confirmed = List.copyOf(confirmed);
        media = List.copyOf(media);
    }

    /** Whom an attestation serves. */
    public enum Kind {
        /** Given by a named person: serves every job with these media under this policy. */
        GIVEN,
        /** Given ahead for a drop folder, in the configuration; recorded for each job, and serves that job alone. */
        STANDING,
        /** Written into a manifest by nobody knows whom; serves that job alone. */
        MANIFEST;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How it came in. */
    public enum Way {
        FILE, PAGE, REST, MANIFEST, CONFIGURATION;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether it has not run out by then. */
    public boolean lasts(Instant at) {
        return validUntil.isEmpty() || at.isBefore(validUntil.get());
    }
}
