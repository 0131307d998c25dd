package io.github.venicevideo.poll;

import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.work.Exchanges;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.ApiQuestion;
import io.github.venicevideo.venice.SafeMessage;
import io.github.venicevideo.venice.answer.Answer;
import io.github.venicevideo.venice.answer.DownloadUrl;
import io.github.venicevideo.venice.answer.RateHeaders;
import io.github.venicevideo.venice.answer.RetrieveOutcome;
import io.github.venicevideo.venice.answer.Retry;
import io.github.venicevideo.venice.answer.Wait;
import io.github.venicevideo.venice.client.DownloadUrlRule;
import io.github.venicevideo.venice.client.SealedAddress;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;

/**
 * The way to a private model's video: its {@code download_url} and, where that says so, what it redirects to. The rule
 * is asked at every hop, the key is never sent, and no address is ever told (contract, "POST /video/queue").
 */
public final class DownloadLink implements ApiQuestion {

    /** The exchange property that holds the address, sealed. */
    static final String ADDRESS = "veniceAddress";
    /** The exchange property that holds what it stands for, which redirects are relative to. */
    private static final String OPEN = "veniceOpenAddress";

    private static final String HOPS = "veniceHops";
    private static final int OK = 200;
    private static final int MOST_HOPS = 3;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    /** Used up, expired, gone: it will not come back. */
    private static final Set<Integer> DEAD = Set.of(404, 410);

    private final Ledger ledger;
    private final Clock clock;
    private final DownloadUrlRule rule;
    private final Fetching fetching;

    public DownloadLink(Ledger ledger, Clock clock, Settings settings, Fetching fetching) {
        this.fetching = fetching;
        this.ledger = ledger;
        this.clock = clock;
        this.rule = new DownloadUrlRule(settings.list("venice.download.allowed-hosts"));
    }

    /**
     * Finds the address of a video that does not come with the answer, and counts the try: the provider allows few. Where there
     * is none, it is asked on, since an answer may still bring one, and what was paid for is not given up for that.
     */
    public void find(@ExchangeProperty(Exchanges.JOB) Job job, @ExchangeProperty(Exchanges.ANSWER) Object outcome,
            Exchange exchange) {
        if (!(outcome instanceof RetrieveOutcome.Completed)) {
            return;
        }
        Optional<String> url = ledger.downloadUrls().of(job.id());
        if (url.isEmpty()) {
            exchange.setProperty(Exchanges.ANSWER, new Retry(OK, Optional.empty(), "Venice says that it is complete, but gave"
                    + " neither the video nor a download_url, now or when it was queued."));
            return;
        }
        Optional<Wait> held = fetching.holds(job);
        if (held.isPresent()) {
            exchange.setProperty(Exchanges.ANSWER, held.get());
            return;
        }
        go(exchange, url.get());
        ledger.downloads().begun(job.id());
    }

    /** Whether there is an address to call next. */
    public boolean isHop(@ExchangeProperty(Exchanges.ANSWER) Object outcome) {
        return outcome instanceof Fetch.Hop;
    }

    @Override
    public void ask(Exchange exchange) {
        exchange.getMessage().setHeader(Exchange.HTTP_URI, exchange.getProperty(ADDRESS, String.class));
        exchange.getMessage().setBody(null);
    }

    @Override
    public void judge(Exchange exchange) {
        Answer answer = Answer.of(exchange.getMessage(), clock);
        if (answer.carriesVideo()) {
            exchange.setProperty(Exchanges.ANSWER, new RetrieveOutcome.Video());
            return;
        }
        exchange.getMessage().setBody(null);
        String location = answer.headers().get("location");
        if (REDIRECTS.contains(answer.status()) && location != null) {
            follow(exchange, location);
        } else {
            fetching.answered(answer.status());
            end(exchange, new Fetch.NotFetched("The download_url answered with " + answer.status() + " " + answer.contentType(),
                    DEAD.contains(answer.status()), RateHeaders.of(answer).retryAfter()));
        }
    }

    @Override
    public void judgeFailure(Exchange exchange) {
        exchange.getMessage().setBody(null);
        fetching.failed();
        end(exchange, Fetch.NotFetched.passing("The download_url did not answer: "
                + SafeMessage.of(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class))));
    }

    private void follow(Exchange exchange, String location) {
        int hops = exchange.getProperty(HOPS, 0, Integer.class) + 1;
        exchange.setProperty(HOPS, hops);
        if (hops > MOST_HOPS) {
            end(exchange, Fetch.NotFetched.passing("The download_url redirects more than " + MOST_HOPS + " times."));
            return;
        }
        try {
            go(exchange, URI.create(exchange.getProperty(OPEN, DownloadUrl.class).value()).resolve(location).toString());
        } catch (IllegalArgumentException e) {
            end(exchange, Fetch.NotFetched.passing("The download_url redirects to something that is no address."));
        }
    }

    private void go(Exchange exchange, String address) {
        Optional<String> refusal = rule.refusal(new DownloadUrl(address));
        if (refusal.isPresent()) {
            end(exchange, Fetch.NotFetched.passing("The download_url may not be called. " + refusal.get()));
            return;
        }
        exchange.setProperty(OPEN, new DownloadUrl(address));
        exchange.setProperty(ADDRESS, SealedAddress.of(address));
        exchange.setProperty(Exchanges.ANSWER, new Fetch.Hop());
    }

    private static void end(Exchange exchange, Fetch.NotFetched why) {
        exchange.setProperty(Exchanges.ANSWER, why);
    }
}
