package io.github.venicevideo.settings;

import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settings that an earlier version had: whoever still sets one is told what has taken its place. */
public final class RemovedSettings {

    private static final Logger LOG = LoggerFactory.getLogger(RemovedSettings.class);
    private static final Map<String, String> REMOVED = Map.of("venice.consent.eligible-models",
            "which models ask for consent is learnt from their answers, and kept in the ledger");

    private RemovedSettings() {
    }

    /** Says in the log which of them are set, and that they change nothing. */
    public static void tell(Settings settings) {
        REMOVED.forEach((key, instead) -> settings.text(key).ifPresent(value ->
                LOG.warn("{} is set and changes nothing any more: {}. Take it out of your settings", key, instead)));
    }
}
