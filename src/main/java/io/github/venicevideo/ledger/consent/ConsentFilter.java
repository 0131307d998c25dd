package io.github.venicevideo.ledger.consent;

import java.util.Locale;
import java.util.Optional;

/**
 * Which rows of the report are wanted; what is empty does not narrow it.
 *
 * @param person in any spelling of spaces and case
 * @param medium the SHA-256 of its bytes
 * @param job a job's id
 */
public record ConsentFilter(Optional<String> person, Optional<String> medium, Optional<String> job) {

    /**
     * @throws IllegalArgumentException when the medium is no SHA-256
     */
    public ConsentFilter {
        medium = medium.map(text -> text.strip().toLowerCase(Locale.ROOT));
        medium.filter(text -> !text.matches("[0-9a-f]{64}")).ifPresent(text -> {
            throw new IllegalArgumentException("The medium " + text + " is no SHA-256: give 64 characters of 0-9a-f, as"
                    + " sha256sum prints them.");
        });
    }

    /** Everything. */
    public static ConsentFilter all() {
        return new ConsentFilter(Optional.empty(), Optional.empty(), Optional.empty());
    }

    boolean admits(ConsentRow row) {
        return person.map(name -> row.by().map(LedgerConsentStore::folded)
                        .filter(LedgerConsentStore.folded(name)::equals).isPresent()).orElse(true)
                && medium.map(hash -> row.media().stream().anyMatch(of -> of.sha256().filter(hash::equals).isPresent()))
                        .orElse(true)
                && job.map(id -> row.use().filter(use -> use.jobId().equals(id)).isPresent()).orElse(true);
    }
}
