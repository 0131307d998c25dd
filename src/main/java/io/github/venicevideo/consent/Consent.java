package io.github.venicevideo.consent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.api.ConsentStore;
import io.github.venicevideo.api.Coverage;
import io.github.venicevideo.api.Policy;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.drop.Drops;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.consent.ConsentUse;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.Reason;
import io.github.venicevideo.ledger.work.Exchanges;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.answer.QueueOutcome;
import io.github.venicevideo.venice.request.ConsentFlow;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code 409 needs_consent} (contract, "Consent: 409"). It never agrees to anything: agreeing is a person's
 * legal statement. It finds out whether a person has made that statement of these bytes under this text, and else parks
 * the bundle.
 */
public final class Consent {


    /** The exchange property that holds the {@link Question} in hand. */
    static final String QUESTION = "veniceQuestion";

    private static final Logger LOG = LoggerFactory.getLogger(Consent.class);

    private final Ledger ledger;
    private final Grants grants;
    private final Clock clock;
    private final Duration recheck;
    private final PolicyFiles policies;

    public Consent(Home home, Ledger ledger, ConsentStore store, Drops drops, Clock clock, Settings settings) {
        this.policies = new PolicyFiles(home);
        this.ledger = ledger;
        this.clock = clock;
        this.grants = new Grants(store, ledger, clock,
                StandingConsent.all(settings, drops, ZoneId.of(settings.required("venice.zone"))));
        this.recheck = settings.duration("venice.consent.recheck");
    }

    /**
     * Finds out what is to be done with a job that the provider wants consent for, and records which attestations it rests on
     * where it does. The intent is gone, nothing was accepted.
     */
    public void judge(@ExchangeProperty(Exchanges.JOB) Job job, @ExchangeProperty(Exchanges.ANSWER) QueueOutcome outcome,
            Exchange exchange) {
        if (!(outcome instanceof QueueOutcome.NeedsConsent asked) || isUnknown(asked)) {
            return;
        }
        Policy policy = new Policy(asked.flow(), asked.consentVersion(), asked.policyText());
        ledger.consentPolicies().seen(policy);
        ledger.consentModels().asked(job.api(), modelOf(job), policy.flow());
        policies.write(policy, ConsentFlow.of(asked.flow()).orElseThrow());
        boolean sent = exchange.getProperty(Exchanges.CONSENTS) != null || job.request().fields().has("consents");
        Question question = question(job, asked, policy, sent);
        if (grants.byRecord(job, question, grants.coverage(question), true).isEmpty()) {
            exchange.setProperty(QUESTION, question);
        } else {
            exchange.removeProperty(QUESTION);
        }
    }

    private static boolean isUnknown(QueueOutcome.NeedsConsent asked) {
        return ConsentFlow.of(asked.flow()).isEmpty() || asked.policyText().isBlank();
    }

    /**
     * Settles a job whose refusal is about consent; any other one goes on.
     *
     * @param question what a person is to be asked; null where consent is on record
     */
    public void settle(@ExchangeProperty(Exchanges.JOB) Job job, @ExchangeProperty(Exchanges.ANSWER) QueueOutcome outcome,
            @ExchangeProperty(QUESTION) Question question, Exchange exchange) {
        if (outcome instanceof QueueOutcome.ConsentsRefused) {
            Exchanges.settled(exchange);
            sendWithout(job);
        } else if (outcome instanceof QueueOutcome.NeedsConsent asked) {
            Exchanges.settled(exchange);
            if (isUnknown(asked)) {
                unknown(job, asked);
            } else if (question == null) {
                sendAgain(job);
            } else {
                ask(job, question);
            }
        }
    }

    /** The same request may go out again, with consent. */
    private void sendAgain(Job job) {
        LOG.info("{}: consent for its media is on record; it is sent again", job.bundle());
        ledger.transitions().received(job, clock.instant(), "Consent for its media is on record");
    }

    /**
     * The model would not be told of consent, so the same request may go out without. Whatever face is in it, the provider
     * can still ask.
     */
    private void sendWithout(Job job) {
        LOG.warn("{}: {} takes no consents; it is sent again without", job.bundle(), modelOf(job));
        ledger.consentModels().refused(job.api(), modelOf(job), ConsentFlow.SEEDANCE.key());
        ledger.transitions().received(job, clock.instant(), "Its model takes no consents");
    }

    private static String modelOf(Job job) {
        return job.request().fields().path("model").asText("");
    }

    /**
     * Parks the job for a person, with the policy text and the media that it is about. Without a text, as where consent was taken
     * back though the provider has never said what it asks people to agree to, nobody can answer.
     */
    void ask(Job job, Question question) {
        if (question.policy().text().isEmpty()) {
            ledger.transitions().parked(job, Reason.CONSENT_UNKNOWN, "Consent for its media was taken back or has run out, and Venice"
                    + " has not said yet what people have to agree to. Nothing was sent. To be asked, take consents out of its"
                    + " manifest and drop the bundle again.", Optional.empty());
        } else {
            ledger.transitions().parked(job, Reason.NEEDS_CONSENT, ConsentSentences.asking(question, grants.unfit(job)),
                    Optional.of(question.json()));
        }
    }

    private void unknown(Job job, QueueOutcome.NeedsConsent asked) {
        ledger.transitions().parked(job, Reason.CONSENT_UNKNOWN, ConsentSentences.unknown(asked),
                Optional.of(new Question(new Policy(asked.flow(), asked.consentVersion(), asked.policyText()),
                        asked.faceMediaRoles(), FaceMedia.all(job.request()), asked.docsUrl(),
                        Question.Because.UNCLEAR).json()));
    }

    /** Looks again at a job that waits: somebody may have attested its media in the meantime. */
    public void reconsider(@ExchangeProperty(Exchanges.JOB) Job job) {
        long seen = ledger.parkedJobs().reconsidered();
        Optional<Question> question = Question.of(job).filter(this::isPresent);
        boolean granted = question.isPresent() && (grants.wasAnswered(job, question.get())
                || !grants.byRecord(job, question.get(), grants.coverage(question.get()), true).isEmpty());
        if (granted) {
            sendAgain(job);
            return;
        }
        ledger.leases().release(job, recheck);
        if (ledger.parkedJobs().reconsidered() != seen) {
            ledger.parkedJobs().reconsider();
        }
    }

    private boolean isPresent(Question question) {
        return ledger.consentPolicies().newest(question.policy().flow())
                .filter(newest -> newest.hash().equals(question.policy().hash())).isPresent();
    }

    /** The media that are meant; where the provider's words do not tell them apart, all of them, and nobody but a person. */
    private Question question(Job job, QueueOutcome.NeedsConsent asked, Policy policy, boolean sent) {
        List<String> roles = asked.faceMediaRoles();
        List<FaceMedium> meant = FaceMedia.capable(job.request()).stream()
                .filter(medium -> roles.contains(medium.role())).toList();
        boolean clear = !roles.isEmpty() && roles.stream().allMatch(role -> FaceMedia.isRole(role)
                && meant.stream().anyMatch(medium -> medium.role().equals(role)));
        if (!clear) {
            return new Question(policy, roles, FaceMedia.all(job.request()), asked.docsUrl(), Question.Because.UNCLEAR);
        }
        Question question = new Question(policy, roles, meant, asked.docsUrl(), Question.Because.FACE);
        if (sent && wasSentUnder(job, policy)) {
            return new Question(policy, roles, meant, asked.docsUrl(), Question.Because.AGAIN);
        }
        Coverage coverage = grants.coverage(question);
        return coverage.revoked().isEmpty() ? question
                : new Question(policy, roles, meant, asked.docsUrl(), Question.Because.REVOKED);
    }

    /** Whether consent under this text has gone out with this job already. */
    private boolean wasSentUnder(Job job, Policy policy) {
        return ledger.consentUses().of(job.id()).stream()
                .anyMatch(use -> use.policyHash().isEmpty() || use.policyHash().get().equals(policy.hash()));
    }

    /** The value of {@code consents}, out of what people have stated, word for word. */
    static Optional<ObjectNode> consents(List<ConsentUse> grant) {
        if (grant.isEmpty() || grant.stream().map(ConsentUse::flow).distinct().count() != 1) {
            return Optional.empty();
        }
        Optional<ConsentFlow> flow = ConsentFlow.of(grant.get(0).flow());
        boolean whole = flow.isPresent() && grant.stream().allMatch(use -> flow.get().consents(use.confirmed()).isPresent());
        return whole ? flow.get().consents(grant.get(0).confirmed()) : Optional.empty();
    }
}
