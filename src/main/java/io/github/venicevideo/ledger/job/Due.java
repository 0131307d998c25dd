package io.github.venicevideo.ledger.job;

import java.util.Locale;

/** A kind of work that waits in the ledger; each is consumed by one route as {@code venice-jobs:<name>}. */
public enum Due {
    /** Recorded and ready to be sent. */
    RECEIVED("state = 'received'"),
    /** Left in the middle of sending by a program that died. */
    SUBMITTING("state = 'submitting'"),
    /** In the making, and time to ask about it. */
    GENERATING("state = 'generating'"),
    /** On local disk, to be delivered. */
    RETRIEVED("state = 'retrieved'"),
    /** Parked by a limit that has an end of its own, which has come. */
    HELD("state = 'parked' AND filed = 1 AND resume_at IS NOT NULL"),
    /** Parked until somebody consents; looked at again when somebody did, and now and then. */
    ASKED("state = 'parked' AND filed = 1 AND reason = 'needs-consent'"),
    /** Ended or parked, with its bundle still in the work folder. */
    UNFILED("filed = 0 AND state NOT IN ('received', 'submitting', 'generating', 'retrieved')"),
    /** With events that nobody has taken yet; beside whatever the job does meanwhile. */
    UNSENT("1 = 1"),
    /** Accepted, at a price that is not known: what it costs is to be asked. */
    REPRICED("1 = 1"),
    /** Delivered and verified, or rejected by a person: what the provider still has is to be deleted. */
    CLEANUP("job.state = 'delivered' OR job.state = 'failed' AND job.reason = 'rejected'");

    private final String condition;

    Due(String condition) {
        this.condition = condition;
    }

    String condition() {
        return condition;
    }

    /** Whether it goes on beside the job's state, with a lease of its own. */
    public boolean isErrand() {
        return this == UNSENT || this == REPRICED || this == CLEANUP;
    }

    /** The kind of work of that name, in any case. */
    public static Due of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
