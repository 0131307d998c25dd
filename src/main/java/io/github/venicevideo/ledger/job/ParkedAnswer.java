package io.github.venicevideo.ledger.job;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

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
        return switch (job.reason().orElse("")) {
            case "in-doubt" -> List.of(RESUBMIT, ADOPT, REJECT);
            case "unverified" -> List.of(RETRY, REJECT);
            case "over-budget", "no-price", "duplicate", "needs-consent" -> List.of(APPROVE, REJECT);
            default -> List.of(REJECT);
        };
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
