package io.github.venicevideo.consent;

import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.Reason;
import io.github.venicevideo.ledger.work.Exchanges;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.answer.QueueOutcome;
import io.github.venicevideo.venice.answer.Refused;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;

/**
 * Remembers media that the provider's content policy refused: a minor, a public figure (contract, "Consent: 409"). No
 * consent overrides that, so the same media are not uploaded again.
 */
public final class RefusedBefore {

    private static final int UNPROCESSABLE = 422;
    private static final String CONTENT_POLICY = "CONTENT_POLICY_VIOLATION";

    private static final String BASIC = "-basic";

    private final Ledger ledger;
    private final boolean remember;

    public RefusedBefore(Ledger ledger, Settings settings) {
        this.ledger = ledger;
        this.remember = settings.flag("venice.consent.remember-refusals");
    }

    /** Remembers the media of a refusal that was about them; one that suggests another prompt was about the prompt. */
    public void remember(@ExchangeProperty(Exchanges.JOB) Job job, @ExchangeProperty(Exchanges.ANSWER) QueueOutcome outcome) {
        if (outcome instanceof Refused refused) {
            remember(job, refused);
        }
    }

    private void remember(Job job, Refused refused) {
        boolean prompt = refused.suggestedPrompt().isPresent() || refused.fields().keySet().stream()
                .anyMatch(field -> field.endsWith("prompt"));
        if (refused.status() == UNPROCESSABLE && refused.code().equals(CONTENT_POLICY) && !prompt && !refusesAnyPerson(job)) {
            ledger.refusedMedia().refused(job.id(), hashes(job));
        }
    }

    /** Of those models a refusal says nothing for others: they refuse whoever it is, where others ask for consent. */
    private static boolean refusesAnyPerson(Job job) {
        return job.request().fields().path("model").asText("").endsWith(BASIC);
    }

    /** Ends a job that has all media of one that was refused, without sending it. */
    public void check(@ExchangeProperty(Exchanges.JOB) Job job, Exchange exchange) {
        before(job).ifPresent(other -> {
            Exchanges.settled(exchange);
            ledger.transitions().failed(job, Reason.REFUSED_BEFORE, "Venice's content policy refused these media in job " + other
                    + ", and no consent overrides that. Nothing was sent. Use other media.", Optional.empty());
        });
    }

    private Optional<String> before(Job job) {
        return remember ? ledger.refusedMedia().refusedIn(hashes(job)).filter(id -> !id.equals(job.id())) : Optional.empty();
    }

    private static Set<String> hashes(Job job) {
        return FaceMedia.capable(job.request()).stream().flatMap(medium -> medium.sha256().stream())
                .collect(Collectors.toSet());
    }
}
