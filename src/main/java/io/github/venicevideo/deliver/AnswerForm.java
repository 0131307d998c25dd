package io.github.venicevideo.deliver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.ParkedAnswer;
import io.github.venicevideo.ledger.job.ParkedJobs;
import io.github.venicevideo.ledger.job.Reason;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.MicroUsd;
import java.util.stream.Collectors;

/** The form that lies beside a parked bundle, and what its choices mean. */
final class AnswerForm {

    private AnswerForm() {
    }

    /** The form, not filled in. */
    static ObjectNode of(Job job) {
        ObjectNode form = Json.mapper().createObjectNode();
        form.put("job_id", job.id());
        form.put("reason", job.reason().orElse(""));
        var choices = form.putArray("choices");
        ParkedAnswer.to(job).forEach(answer -> choices.add(answer.toString()));
        form.put("answer", "");
        form.put("by", "");
        if (ParkedAnswer.to(job).contains(ParkedAnswer.ADOPT)) {
            form.put("queue_id", "");
            form.put("model", "");
            form.put("download_url", "");
        }
        if (Reason.NO_PRICE.isOf(job)) {
            form.put("amount_usd", "");
        }
        if (ConsentQuestion.of(job).isEmpty()) {
            form.put("apply_to", "this");
            if (paysForMany(job)) {
                form.put("confirm", "");
            }
        }
        ConsentQuestion.of(job).ifPresent(question -> question.addTo(form));
        return form;
    }

    private static boolean paysForMany(Job job) {
        return ConsentQuestion.of(job).isEmpty() && ParkedAnswer.to(job).stream()
                .anyMatch(answer -> answer == ParkedAnswer.APPROVE || answer == ParkedAnswer.RESUBMIT);
    }

    /**
     * What an answer for many is, for people; empty where there is none that pays.
     *
     * @param waiting all jobs that wait for the same reason
     */
    static String forMany(Job job, ParkedJobs.Waiting waiting) {
        return !paysForMany(job) || waiting.jobs() < 2 ? "" : """

                `"apply_to": "all-with-this-reason"` answers all that wait for the same reason: when this was written, %d jobs, %s USD%s in
                all. An answer that pays for them is taken once `confirm` names their number and sum: leave it empty, and the
                refusal says what they are then, to be copied. What is parked later is not answered.
                """.formatted(waiting.jobs(), MicroUsd.text(waiting.sum()), waiting.unpriced() == 0 ? ""
                : " (and what " + waiting.unpriced() + " of them cost, which is not known)");
    }

    private static String cost(Job job, ParkedAnswer answer) {
        boolean pays = answer == ParkedAnswer.RESUBMIT || answer == ParkedAnswer.APPROVE;
        if (pays && Reason.NO_PRICE.isOf(job)) {
            return " Nobody told what it costs: write into `amount_usd` what it may, in USD, such as `1.50`. That much is reserved.";
        }
        return job.price().filter(price -> pays).map(price -> " It costs "
                + MicroUsd.text(price) + " USD.").orElse("");
    }

    private static String link(Job job, ParkedAnswer answer) {
        return job.isPaid() && answer == ParkedAnswer.REJECT ? " Where a private model made it, its one link is revoked, and"
                + " the video cannot be fetched again." : "";
    }

    /** The choices, for people. */
    static String explained(Job job) {
        boolean consent = ConsentQuestion.of(job).isPresent();
        return ParkedAnswer.to(job).stream()
                .map(answer -> "- `" + answer + "`: " + (consent && answer == ParkedAnswer.APPROVE ? ConsentQuestion.MEANING
                        : answer.meaning() + cost(job, answer) + link(job, answer)))
                .collect(Collectors.joining("\n"));
    }
}
