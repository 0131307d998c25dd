package io.github.venicevideo.ledger.job;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a person may answer to a parked job. */
public enum ParkedAnswer {
    /** Send it, whatever it was parked for. */
    APPROVE("send it. This pays for it."),
    /** Send it again, though it may have been accepted before. */
    RESUBMIT("send it again. If it was accepted the first time, this pays for it a second time."),
    /** It was accepted under a queue_id that the person knows. */
    ADOPT("it was accepted; you know its `queue_id` from Venice and give it here. Nothing is paid again."),
    /** Look at the video again. */
    RETRY("ask for the video once more. Nothing is paid again."),
    /** End it. */
    REJECT("end it. The bundle goes to `failed/`; nothing more is sent or paid.");

    private final String meaning;

    ParkedAnswer(String meaning) {
        this.meaning = meaning;
    }

    /** What it does, as a sentence that follows its name. */
    public String meaning() {
        return meaning;
    }

    /** The answers that make sense for a job. */
    public static List<ParkedAnswer> to(Job job) {
        if (Reason.IN_DOUBT.isOf(job)) {
            return List.of(RESUBMIT, ADOPT, REJECT);
        }
        if (Reason.UNVERIFIED.isOf(job)) {
            return List.of(RETRY, REJECT);
        }
        boolean approvable = Stream.of(Reason.OVER_BUDGET, Reason.NO_PRICE, Reason.DUPLICATE, Reason.NEEDS_CONSENT)
                .anyMatch(reason -> reason.isOf(job));
        return approvable ? List.of(APPROVE, REJECT) : List.of(REJECT);
    }

    /** The answer of that name. */
    public static Optional<ParkedAnswer> of(String name) {
        for (ParkedAnswer answer : values()) {
            if (answer.toString().equals(name)) {
                return Optional.of(answer);
            }
        }
        return Optional.empty();
    }

    /** As the form spells it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
