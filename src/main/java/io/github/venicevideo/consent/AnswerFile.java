package io.github.venicevideo.consent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.ParkedAnswer;
import io.github.venicevideo.ledger.job.Reason;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.MicroUsd;
import io.github.venicevideo.venice.answer.DownloadUrl;
import io.github.venicevideo.venice.client.DownloadUrlRule;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A form that a person filled in.
 *
 * @param by who answers; a name, not checked against anything
 * @param queueId what is adopted
 * @param model the model that it was accepted by, where that is not the one that was asked for
 * @param downloadUrl where its video is, for private models; a secret
 * @param amount what the job may cost, where nobody has told its price, in micro-dollars
 * @param forAll whether it is meant for all jobs that are parked for the same reason
 * @param confirm how many that are, and what they cost, as the person was told it
 */
record AnswerFile(ParkedAnswer answer, String by, Optional<String> queueId, Optional<String> model,
                  Optional<DownloadUrl> downloadUrl, Optional<Long> amount, boolean forAll, Optional<ForMany> confirm) {

    /** What {@code apply_to} may be, besides {@code this}. */
    private static final String ALL = "all-with-this-reason";
    /** Whose answers are about one job's own media, and so never for others. */

    /** Whose answers name an amount. */
    private static final BigDecimal MOST_USD = BigDecimal.valueOf(10_000);

    private static final Set<String> YES = Set.of("yes", "y", "ok", "okay", "true", "approved", "accept", "agree", "go", "ja", "oui", "si");
    private static final Set<String> NO = Set.of("no", "n", "false", "rejected", "refuse", "cancel", "stop", "nein", "non");
    private static final int LONGEST_MODEL = 200;

    private static final Pattern QUEUE_ID = Pattern.compile("[A-Za-z0-9._-]{1,200}");

    /**
     * Reads the text of a form.
     *
     * @param file what to call it in a message
     * @throws IllegalArgumentException with a sentence, where it is no JSON object
     */
    static JsonNode parse(byte[] json, String file) {
        JsonNode form;
        try {
            // Of two values for one name, nobody knows which one was meant.
            form = Json.mapper().reader().with(StreamReadFeature.STRICT_DUPLICATE_DETECTION).readTree(json);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read as JSON"
                    + (e instanceof JsonProcessingException broken ? ": " + broken.getOriginalMessage() : "") + ".", e);
        }
        if (!form.isObject()) {
            throw new IllegalArgumentException(file + " holds no JSON object.");
        }
        return form;
    }

    /**
     * Reads a form strictly: an answer that is only nearly given is not given.
     *
     * @throws IllegalArgumentException with a sentence that says which field, and what is allowed
     */
    static AnswerFile read(JsonNode form, String file, Job job, DownloadUrlRule rule) {
        String jobId = form.path("job_id").asText("");
        if (!jobId.equals(job.id())) {
            throw new IllegalArgumentException(file + ": job_id is \"" + jobId + "\", but this bundle is job "
                    + job.id() + ". Fill in the form that lies beside it.");
        }
        List<ParkedAnswer> allowed = ParkedAnswer.to(job);
        String given = form.path("answer").asText("").strip().toLowerCase(Locale.ROOT);
        ParkedAnswer answer = ParkedAnswer.of(given).filter(allowed::contains)
                .orElseThrow(() -> new IllegalArgumentException(file + ": answer is \"" + given
                        + "\". " + meant(given, allowed) + "Allowed: " + allowed + "."));
        String by = form.path("by").asText("").strip();
        if (by.isEmpty()) {
            throw new IllegalArgumentException(file + ": by is empty. Write who answers.");
        }
        Optional<String> queueId = Optional.of(form.path("queue_id").asText("").strip()).filter(id -> !id.isEmpty());
        if (answer == ParkedAnswer.ADOPT && queueId.filter(id -> QUEUE_ID.matcher(id).matches()).isEmpty()) {
            throw new IllegalArgumentException(file + ": queue_id is \"" + queueId.orElse("")
                    + "\". To adopt a job, give the queue_id that Venice shows for it.");
        }
        Optional<DownloadUrl> url = text(form, "download_url").map(DownloadUrl::new);
        Optional<String> refusal = url.flatMap(rule::refusal);
        if (refusal.isPresent()) {
            throw new IllegalArgumentException(file + ": the download_url cannot be used. " + refusal.get()
                    + " Give it as Venice shows it for the job.");
        }
        if (answer != ParkedAnswer.ADOPT && (url.isPresent() || text(form, "model").isPresent())) {
            throw new IllegalArgumentException(file + ": download_url and model belong to the answer adopt.");
        }
        if (text(form, "model").filter(model -> model.length() > LONGEST_MODEL).isPresent()) {
            throw new IllegalArgumentException(file + ": model has more than " + LONGEST_MODEL
                    + " characters. Give the name of the model that Venice shows for the job.");
        }
        return new AnswerFile(answer, by, queueId, text(form, "model"), url, amount(form, file, job, answer),
                forAll(form, file, job, answer), text(form, "confirm").flatMap(ForMany::told));
    }

    /** Whether carrying it out costs something. */
    boolean pays() {
        return answer == ParkedAnswer.APPROVE || answer == ParkedAnswer.RESUBMIT;
    }

    /** A word that is only like an answer is none: what it may mean is offered, and the person's to write. */
    static String meant(String given, List<ParkedAnswer> allowed) {
        ParkedAnswer word = YES.contains(given) ? allowed.contains(ParkedAnswer.APPROVE) ? ParkedAnswer.APPROVE : ParkedAnswer.RESUBMIT
                : NO.contains(given) ? ParkedAnswer.REJECT : null;
        return word == null || !allowed.contains(word) ? "" : "Write \"" + word + "\" if that is what you mean. ";
    }

    /** What nobody has priced is sent for an amount that a person names, and for no other. */
    private static Optional<Long> amount(JsonNode form, String file, Job job, ParkedAnswer answer) {
        if (answer != ParkedAnswer.APPROVE || !Reason.NO_PRICE.isOf(job)) {
            return Optional.empty();
        }
        String said = form.path("amount_usd").asText("").strip();
        try {
            BigDecimal usd = new BigDecimal(said);
            if (usd.signum() > 0 && usd.compareTo(MOST_USD) <= 0) {
                return Optional.of(MicroUsd.of(usd));
            }
        } catch (ArithmeticException | NumberFormatException e) {
            // told below, with what is allowed
        }
        throw new IllegalArgumentException(file + ": amount_usd is \"" + said + "\". Venice told no price, and a limit is set:"
                + " write what this job may cost, in USD, such as 1.50. That much is reserved.");
    }

    private static boolean forAll(JsonNode form, String file, Job job, ParkedAnswer answer) {
        String to = text(form, "apply_to").orElse("this").toLowerCase(Locale.ROOT);
        if (!to.equals("this") && !to.equals(ALL)) {
            throw new IllegalArgumentException(file + ": apply_to is \"" + to + "\". Allowed: \"this\", \"" + ALL + "\".");
        }
        if (to.equals(ALL) && (answer == ParkedAnswer.ADOPT || Reason.NEEDS_CONSENT.isOf(job))) {
            throw new IllegalArgumentException(file + ": apply_to is \"" + ALL + "\", but "
                    + (answer == ParkedAnswer.ADOPT ? "a queue_id belongs to one job." : "consent is given for one bundle.")
                    + " Allowed: \"this\".");
        }
        return to.equals(ALL);
    }

    private static Optional<String> text(JsonNode form, String field) {
        return Optional.of(form.path(field).asText("").strip()).filter(value -> !value.isEmpty());
    }
}
