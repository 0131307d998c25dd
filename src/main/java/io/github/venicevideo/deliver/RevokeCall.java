package io.github.venicevideo.deliver;

import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.work.Exchanges;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.ApiQuestion;
import io.github.venicevideo.venice.answer.Answer;
import io.github.venicevideo.venice.answer.CompleteOutcome;
import io.github.venicevideo.venice.answer.DownloadUrl;
import io.github.venicevideo.venice.client.DownloadUrlRule;
import io.github.venicevideo.venice.client.SealedAddress;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.apache.camel.Exchange;

/** Revokes a private model's {@code download_url}, which is a secret: sealed, it goes into one header of one call. */
public final class RevokeCall implements ApiQuestion {

    private final Ledger ledger;
    private final Clock clock;
    private final DownloadUrlRule rule;

    public RevokeCall(Ledger ledger, Clock clock, Settings settings) {
        this.ledger = ledger;
        this.clock = clock;
        this.rule = new DownloadUrlRule(settings.list("venice.download.allowed-hosts"));
    }

    /** @throws IOException when it may not be called */
    @Override
    public void ask(Exchange exchange) throws IOException {
        Job job = exchange.getProperty(Exchanges.JOB, Job.class);
        DownloadUrl url = new DownloadUrl(ledger.downloadUrls().of(job.id()).orElseThrow());
        Optional<String> refusal = rule.refusal(url);
        if (refusal.isPresent()) {
            throw new IOException("The download_url may not be called. " + refusal.get());
        }
        exchange.getMessage().setHeader(Exchange.HTTP_URI, SealedAddress.of(url.value()));
        exchange.getMessage().setBody(null);
    }

    /** A link that is revoked is forgotten here too. */
    @Override
    public void judge(Exchange exchange) {
        Job job = exchange.getProperty(Exchanges.JOB, Job.class);
        Answer answer = Answer.of(exchange.getMessage(), clock);
        exchange.getMessage().setBody(null);
        if (answer.success() || answer.status() == 404 || answer.status() == 410) {
            ledger.downloadUrls().forget(job.id());
            exchange.setProperty(Exchanges.ANSWER, new CompleteOutcome.Deleted());
        } else {
            exchange.setProperty(Exchanges.ANSWER, new CompleteOutcome.NotDeleted(
                    "the download_url answered its revocation with " + answer.status()));
        }
    }

    @Override
    public void judgeFailure(Exchange exchange) {
        CompleteCall.failed(exchange);
    }
}
