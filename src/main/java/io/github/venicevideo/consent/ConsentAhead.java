package io.github.venicevideo.consent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.api.Attestation;
import io.github.venicevideo.api.ConsentStore;
import io.github.venicevideo.api.Coverage;
import io.github.venicevideo.api.Policy;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.consent.ConsentUse;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.work.Exchanges;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.request.ConsentFlow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a job before it is sent: what was granted to it, or is known of all its media, goes out with the first call;
 * what was taken back or has run out is asked about here, since the provider may still remember it and would not ask.
 */
public final class ConsentAhead {

    private static final Logger LOG = LoggerFactory.getLogger(ConsentAhead.class);
    private static final String FLOW = ConsentFlow.SEEDANCE.key();
    /** Less, and what the provider asks for just now could be too old by the time that it is sent. */
    private static final Duration LEAST_TRUSTED = Duration.ofHours(1);

    private final Ledger ledger;
    private final ConsentStore store;
    private final Consent consent;
    private final Grants grants;
    private final Clock clock;
    private final Duration trusted;

    public ConsentAhead(Ledger ledger, ConsentStore store, Consent consent, Clock clock, Settings settings) {
        this.ledger = ledger;
        this.store = store;
        this.consent = consent;
        this.clock = clock;
        this.grants = new Grants(store, ledger, clock, List.of());
        this.trusted = settings.duration("venice.consent.policy-trusted-for");
    }

    /** Parks a job whose consent was taken back or has run out; what was attested goes with any other. */
    public void check(@ExchangeProperty(Exchanges.JOB) Job job, Exchange exchange) {
        judge(job, exchange).ifPresent(question -> {
            Exchanges.settled(exchange);
            consent.ask(job, question);
        });
    }

    /**
     * The same once more, right before the job is sent, since price and uploads may have taken minutes: consent may have been
     * taken back or have run out since, and what goes with the request is what holds now.
     */
    public void checkAgain(@ExchangeProperty(Exchanges.JOB) Job job, Exchange exchange) {
        exchange.removeProperty(Exchanges.CONSENTS);
        check(job, exchange);
        if (exchange.getProperty(Exchanges.CONSENTS) != null) {
            LOG.info("{}: consent for its media is on record, and goes with it", job.bundle());
        }
    }

    /** What a person is to be asked before the job is sent; else its consents, if any, are in {@link Exchanges#CONSENTS}. */
    Optional<Question> judge(Job job, Exchange exchange) {
        JsonNode fields = job.request().fields();
        List<FaceMedium> media = FaceMedia.capable(job.request());
        List<ConsentUse> before = ledger.consentUses().grantOf(job.id());
        boolean written = fields.has("consents");
        Optional<Policy> newest = ledger.consentPolicies().newest(FLOW);
        Question question = new Question(newest.orElse(new Policy(FLOW, "", "")), roles(media), media, "",
                Question.Because.FACE);
        Optional<Question> takenBack = takenBack(question, job, before);
        if (takenBack.isPresent()) {
            return asking(takenBack.get(), Question.Because.REVOKED);
        }
        if (before.isEmpty() && !written && media.isEmpty()) {
            return Optional.empty();
        }
        Optional<Boolean> asks = ledger.consentModels().asks(job.api(), fields.path("model").asText());
        Coverage coverage = grants.coverage(question);
        boolean granted = before.stream().anyMatch(use -> use.policyHash().isPresent());
        List<ConsentUse> inForce = grants.inForce(job, newest.map(Policy::hash));
        List<ConsentUse> grant = inForce.isEmpty() && !written && newest.isPresent() && asks.orElse(true)
                ? grants.byRecord(job, question, coverage, false) : inForce;
        Optional<ObjectNode> consents = Consent.consents(grant);
        if (consents.isPresent()) {
            boolean asked = grant.stream().anyMatch(ConsentUse::asked);
            if (!asks.orElse(asked) || !(asked ? isFresh(question.policy(), LEAST_TRUSTED) : isNews(question))) {
                return Optional.empty();
            }
            exchange.setProperty(Exchanges.CONSENTS, consents.get());
            return Optional.empty();
        }
        if (granted) {
            return asking(question, because(before, newest));
        }
        if (!coverage.expired().isEmpty() && !written) {
            return asking(question, Question.Because.EXPIRED);
        }
        if (written && manifest(job, fields, media).isEmpty()) {
            return asking(question, Question.Because.REVOKED);
        }
        return Optional.empty();
    }

    /**
     * Whether the provider needs to be told. What it has accepted under this text it remembers; should the text be another
     * by now, it asks, and so it must be given the chance. What it does not know goes along while the text is fresh.
     */
    private boolean isNews(Question question) {
        boolean known = ledger.consentUses().accepted(question.hashes(), question.policy().hash())
                .containsAll(question.hashes());
        return !known && isFresh(question.policy(), Duration.ZERO);
    }

    /**
     * Whether the provider has shown this text lately. A request does not say which text its consents are about, so that the
     * provider would take them as agreement to the text of the day.
     */
    private boolean isFresh(Policy policy, Duration atLeast) {
        Duration longest = trusted.compareTo(atLeast) < 0 ? atLeast : trusted;
        return ledger.consentPolicies().seenAt(policy)
                .filter(seen -> clock.instant().isBefore(seen.plus(longest))).isPresent();
    }

    private Question.Because because(List<ConsentUse> before, Optional<Policy> newest) {
        boolean same = before.stream().allMatch(use -> use.policyHash().equals(newest.map(Policy::hash)));
        List<String> ids = before.stream().map(ConsentUse::attestationId).toList();
        if (!same) {
            return Question.Because.POLICY;
        }
        return store.inForce(ids, Instant.EPOCH).containsAll(ids) ? Question.Because.EXPIRED
                : Question.Because.REVOKED;
    }

    private static Optional<Question> asking(Question question, Question.Because because) {
        return Optional.of(new Question(question.policy(), question.roles(), question.media(), question.docsUrl(), because));
    }

    /**
     * The question about a request of which consent for any medium was taken back, wherever in it that stands and whatever
     * its model: consent may have been given for all of it. Empty where nothing was taken back.
     */
    private Optional<Question> takenBack(Question question, Job job, List<ConsentUse> before) {
        List<FaceMedium> all = FaceMedia.all(job.request());
        Set<String> revoked = grants.coverage(new Question(question.policy(), question.roles(), all, question.docsUrl(),
                question.because())).revoked();
        if (revoked.isEmpty()) {
            return Optional.empty();
        }
        Set<String> meant = new LinkedHashSet<>(revoked);
        before.forEach(use -> use.media().forEach(medium -> medium.sha256().ifPresent(meant::add)));
        return Optional.of(new Question(question.policy(), question.roles(), all.stream().filter(medium ->
                !medium.role().isEmpty() || medium.sha256().filter(meant::contains).isPresent()).toList(),
                question.docsUrl(), question.because()));
    }

    /** Whoever wrote it did so for this request, and left no name: it is kept as what it is, and serves nothing else. */
    private List<ConsentUse> manifest(Job job, JsonNode fields, List<FaceMedium> media) {
        List<String> confirmed = new ArrayList<>();
        fields.path("consents").path(FLOW).properties().stream()
                .filter(statement -> statement.getValue().isBoolean() && statement.getValue().booleanValue())
                .forEach(statement -> confirmed.add(statement.getKey()));
        return grants.by(job, new Attestation("manifest-" + job.id(), Attestation.Kind.MANIFEST, Attestation.UNNAMED,
                clock.instant(), FLOW, Optional.empty(), confirmed, media.stream().map(FaceMedium::attested).toList(),
                Optional.of(job.id()), Optional.of(Names.cut(job.bundle())), Attestation.Way.MANIFEST, Optional.empty(),
                Optional.empty()));
    }

    private static List<String> roles(List<FaceMedium> media) {
        return new ArrayList<>(media.stream().map(FaceMedium::role)
                .collect(Collectors.toCollection(LinkedHashSet::new)));
    }
}
