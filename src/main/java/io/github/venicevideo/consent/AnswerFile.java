package io.github.venicevideo.consent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.ledger.Job;
import io.github.venicevideo.ledger.ParkedAnswer;
import io.github.venicevideo.venice.Json;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A form that a person filled in.
 *
 * @param by who answers; a name, not checked against anything
 * @param queueId what is adopted
 */
record AnswerFile(ParkedAnswer answer, String by, Optional<String> queueId) {

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
            form = Json.mapper().readTree(json);
        } catch (java.io.IOException e) {
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
    static AnswerFile read(JsonNode form, String file, Job job) {
        String jobId = form.path("job_id").asText("");
        if (!jobId.equals(job.id())) {
            throw new IllegalArgumentException(file + ": job_id is \"" + jobId + "\", but this bundle is job "
                    + job.id() + ". Fill in the form that lies beside it.");
        }
        List<ParkedAnswer> allowed = ParkedAnswer.to(job);
        String given = form.path("answer").asText("");
        ParkedAnswer answer = ParkedAnswer.of(given).filter(allowed::contains)
                .orElseThrow(() -> new IllegalArgumentException(file + ": answer is \"" + given
                        + "\". Allowed: " + allowed + "."));
        String by = form.path("by").asText("").strip();
        if (by.isEmpty()) {
            throw new IllegalArgumentException(file + ": by is empty. Write who answers.");
        }
        Optional<String> queueId = Optional.of(form.path("queue_id").asText("").strip()).filter(id -> !id.isEmpty());
        if (answer == ParkedAnswer.ADOPT && queueId.filter(id -> QUEUE_ID.matcher(id).matches()).isEmpty()) {
            throw new IllegalArgumentException(file + ": queue_id is \"" + queueId.orElse("")
                    + "\". To adopt a job, give the queue_id that Venice shows for it.");
        }
        return new AnswerFile(answer, by, queueId);
    }
}
