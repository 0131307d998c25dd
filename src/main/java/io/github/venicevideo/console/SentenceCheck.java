package io.github.venicevideo.console;

import java.util.Map;
import java.util.Optional;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** A health check that is down with a sentence for people. */
final class SentenceCheck extends AbstractHealthCheck {

    /** Given with a call, it has the names of bundles said. */
    static final Map<String, Object> WITH_NAMES = Map.of("venice.names", true);

    private final boolean readiness;
    private final Trouble trouble;
    private final boolean warns;

    /** What may be wrong. */
    interface Trouble {
        /** What is wrong, without secrets, and what to do; empty when all is well. */
        Optional<Found> find() throws Exception;
    }

    /** @param readiness whether no work can be taken while it is down */
    SentenceCheck(String id, boolean readiness, Trouble trouble) {
        this(id, readiness, trouble, false);
    }

    private SentenceCheck(String id, boolean readiness, Trouble trouble, boolean warns) {
        super("venice", id);
        this.readiness = readiness;
        this.trouble = trouble;
        this.warns = warns;
    }

    /** One that is up with its sentence: there is time to do something. */
    static SentenceCheck warning(String id, Trouble trouble) {
        return new SentenceCheck(id, false, trouble, true);
    }

    @Override
    public boolean isReadiness() {
        return readiness;
    }

    /** A new start would mend nothing that these find. */
    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        try {
            Optional<String> found = trouble.find().map(options.equals(WITH_NAMES) ? Found::named : Found::nameless);
            if (found.isPresent() && warns) {
                builder.message(found.get()).up();
            } else if (found.isPresent()) {
                builder.message(found.get()).down();
            } else {
                builder.up();
            }
        } catch (Exception e) {
            builder.message("It could not be checked: " + e.getMessage()).down();
        }
    }
}
