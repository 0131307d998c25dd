package io.github.venicevideo.submit;

import java.util.Locale;
import java.util.Optional;

/** The forms in which a price can be asked for: sources disagree, and a model may take only one of them. */
public enum QuoteForm {
    /** With a duration that the model's entry lists, and the video to be upscaled itself. */
    ENTRY,
    /** With the seconds and the height that were measured in the video, as the provider's guide shows it. */
    GUIDE;

    /** The form of that name. */
    static Optional<QuoteForm> of(String name) {
        for (QuoteForm form : values()) {
            if (form.toString().equals(name)) {
                return Optional.of(form);
            }
        }
        return Optional.empty();
    }

    QuoteForm other() {
        return this == ENTRY ? GUIDE : ENTRY;
    }

    /** As the ledger has it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
