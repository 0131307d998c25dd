package io.github.venicevideo.consent;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.api.Attestation;
import io.github.venicevideo.api.ConsentStore;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.ledger.AnswerRefusedException;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.ParkedAnswer;
import io.github.venicevideo.settings.Settings;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Header;

/** Answers, consents and revocations that come over HTTP; the same forms as in files, and as strictly read. */
public final class AnswerCalls {

    private static final String BODY = "The body";

    private final Ledger ledger;
    private final Clock clock;
    private final Answering answering;
    private final GivenAhead ahead;
    private final Revoking revoking;

    public AnswerCalls(Home home, Ledger ledger, ConsentStore store, Clock clock, Settings settings) {
        this.ledger = ledger;
        this.clock = clock;
        this.answering = new Answering(home, ledger, store, clock, settings);
        this.ahead = new GivenAhead(ledger, store, clock, settings);
        this.revoking = new Revoking(ledger, store, clock);
    }

    /**
     * Takes what a person answers to a parked job.
     *
     * @throws AnswerRefusedException when it cannot be used; the job still waits
     */
    public Map<String, Object> answer(@Header("id") String id, @Body byte[] body) throws AnswerRefusedException, IOException {
        Job job = ledger.jobs().find(id).filter(found -> found.state() == JobState.PARKED && found.filed())
                .orElseThrow(() -> new AnswerRefusedException("No job waits for an answer under this id."));
        ParkedAnswer given;
        try {
            given = answering.apply(form(body), BODY, job, Attestation.Way.REST, clock.instant());
        } catch (IllegalArgumentException e) {
            throw new AnswerRefusedException(e.getMessage(), e);
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        Job now = ledger.jobs().find(id).orElse(job);
        // Whoever consented need not do it again: the consent is kept, and the job goes on when it is let go of.
        boolean kept = given == ParkedAnswer.APPROVE && Question.of(now).isPresent();
        if (now.state() == JobState.PARKED && !kept) {
            throw new AnswerRefusedException("The job was being looked at this very moment. Send the answer again.");
        }
        answer.put("job_id", now.id());
        answer.put("state", now.state().toString());
        return answer;
    }

    /**
     * Takes a person's consent for media, ahead of any bundle.
     *
     * @throws AnswerRefusedException when it cannot be used; nothing is recorded then
     */
    public Map<String, Object> give(@Body byte[] body) throws AnswerRefusedException {
        try {
            Attestation attestation = ahead.take(form(body), BODY, Optional.empty(), Map.of(),
                    Attestation.Way.REST);
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("attestation", attestation.id());
            answer.put("policy_hash", attestation.policyHash().orElse(""));
            return answer;
        } catch (IllegalArgumentException e) {
            throw new AnswerRefusedException(e.getMessage(), e);
        }
    }

    /**
     * Takes consent back.
     *
     * @return what rests on it, with what can still be done
     * @throws AnswerRefusedException when it cannot be used; nothing is recorded then
     */
    public JsonNode revoke(@Body byte[] body) throws AnswerRefusedException {
        try {
            return revoking.take(form(body), BODY, clock.instant().toString(), Map.of());
        } catch (IllegalArgumentException e) {
            throw new AnswerRefusedException(e.getMessage(), e);
        }
    }

    private static JsonNode form(byte[] body) {
        return AnswerFile.parse(Optional.ofNullable(body).orElse(new byte[0]), BODY);
    }
}
