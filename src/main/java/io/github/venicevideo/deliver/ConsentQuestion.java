package io.github.venicevideo.deliver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.Reason;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.request.ConsentFlow;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What a job that waits for consent asks of a person, written out for them.
 *
 * @param detail as the job is parked with it
 * @param statements what the person has to confirm, one by one
 * @param takes how many takes of its bundle there are
 */
record ConsentQuestion(JsonNode detail, List<String> statements, int takes) {

    /** What it means to approve. */
    static final String MEANING = "you, in your own name, agree to the policy below for the media below, and make each of"
            + " its statements. Read it first. The request is then sent with your consent, and paid for. Your name, the time,"
            + " the text and the media's digests are kept; the same media under the same text are not asked about again"
            + " until you take it back or it runs out.";

    /** The question of a job; empty when it does not wait for consent. */
    static Optional<ConsentQuestion> of(Job job) {
        if (!Reason.NEEDS_CONSENT.isOf(job) || job.detail().isEmpty()) {
            return Optional.empty();
        }
        try {
            JsonNode detail = Json.mapper().readTree(job.detail().get());
            return ConsentFlow.of(detail.path("consent_flow").asText())
                    .map(flow -> new ConsentQuestion(detail, flow.statements(), job.options().takes()));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds what has to be filled in. Nothing is filled in here: each statement is the person's own to make. */
    void addTo(ObjectNode form) {
        statements.forEach(statement -> form.put(statement, false));
        form.put("note", "");
        form.put("valid_until", "");
        form.put("policy_hash", detail.path("policy_hash").asText());
        form.set("media", detail.path("media"));
        form.put("policy_text", detail.path("policy_text").asText());
    }

    /** The media and the policy, for people. */
    String explained(AnswerWays ways) {
        return """

                To approve, set %s to `true` as well. `note` may name what you rely on, such as a release form;
                `valid_until` may be the last day on which it holds, such as 2027-01-31.

                What you attest holds for these files wherever they are: other jobs that wait for the same ones go on by
                themselves.%s%s

                ## The media that it is about

                %s

                ## The policy%s, word for word

                %s

                (policy_hash `%s`%s)
                """.formatted(statements.stream().map(statement -> "`" + statement + "`").collect(Collectors.joining(", ")),
                takes > 1 ? " The " + takes + " takes of this bundle are one question: an answer beside any of them is the answer for all."
                        : "", ways.files() ? " The faces of many bundles are attested at once by one form in\nthe folder `consents/`."
                        : ways.console() ? " The faces of many bundles are attested at once by\n`POST /api/consents`." : "",
                StreamSupport.stream(detail.path("media").spliterator(), false).map(ConsentQuestion::line)
                        .collect(Collectors.joining("\n")),
                detail.path("consent_version").asText().isEmpty() ? "" : " " + detail.path("consent_version").asText(),
                detail.path("policy_text").asText(), detail.path("policy_hash").asText(),
                detail.path("docs_url").asText().isEmpty() ? "" : ", " + detail.path("docs_url").asText());
    }

    /** A file's name must not be able to write a line of its own into the page. */
    private static String plain(String name) {
        return name.replaceAll("[`\\p{Cntrl}\u2028\u2029]", "?");
    }

    private static String line(JsonNode medium) {
        String what = "- `" + plain(medium.path("name").asText()) + "` (" + medium.path("field").asText() + ")";
        return medium.hasNonNull("sha256") ? what + ", sha256 `" + medium.path("sha256").asText() + "`"
                : what + ", given as a URL: what is behind it can change, so it is asked about each time";
    }
}
