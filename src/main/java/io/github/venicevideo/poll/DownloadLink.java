package io.github.venicevideo.poll;

import io.github.venicevideo.ledger.Exchanges;
import io.github.venicevideo.ledger.Job;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.Answer;
import io.github.venicevideo.venice.DownloadUrl;
import io.github.venicevideo.venice.DownloadUrlRule;
import io.github.venicevideo.venice.RateHeaders;
import io.github.venicevideo.venice.Retry;
import io.github.venicevideo.venice.SafeMessage;
import io.github.venicevideo.venice.SealedAddress;
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
public final class DownloadLink {

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

    public DownloadLink(Ledger ledger, Clock clock, Settings settings) {
        this.ledger = ledger;
        this.clock = clock;
        this.rule = new DownloadUrlRule(settings.list("venice.download.allowed-hosts"));
    }

    /**
     * Finds the address, and counts the try: the provider allows few. Where there is none, it is asked on, since an answer may
     * still bring one, and what was paid for is not given up for that.
     */
    public void find(@ExchangeProperty(Exchanges.JOB) Job job, Exchange exchange) {
        Optional<String> url = ledger.downloadUrls().of(job.id());
        if (url.isEmpty()) {
            exchange.setProperty(Exchanges.ANSWER, new Retry(OK, Optional.empty(), "Venice says that it is complete, but gave"
                    + " neither the video nor a download_url, now or when it was queued."));
            exchange.setProperty(Exchanges.OUTCOME, "retry");
            return;
        }
        go(exchange, url.get());
        ledger.downloads().begun(job.id());
    }

    /** Judges the answer: {@code video}; {@code redirect}, to be followed; or {@code not-fetched}. */
    public void judge(Exchange exchange) {
        Answer answer = Answer.of(exchange.getMessage(), clock);
        if (answer.carriesVideo()) {
            exchange.setProperty(Exchanges.OUTCOME, "video");
            return;
        }
        exchange.getMessage().setBody(null);
        String location = answer.headers().get("location");
        if (REDIRECTS.contains(answer.status()) && location != null) {
            follow(exchange, location);
        } else {
            end(exchange, new NotFetched("The download_url answered with " + answer.status() + " " + answer.contentType(),
                    DEAD.contains(answer.status()), RateHeaders.of(answer).retryAfter()));
        }
    }

    /** Judges a call that ended without an answer. */
    public void judgeFailure(Exchange exchange) {
        exchange.getMessage().setBody(null);
        end(exchange, NotFetched.passing("The download_url did not answer: "
                + SafeMessage.of(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class))));
    }

    private void follow(Exchange exchange, String location) {
        int hops = exchange.getProperty(HOPS, 0, Integer.class) + 1;
        exchange.setProperty(HOPS, hops);
        if (hops > MOST_HOPS) {
            end(exchange, NotFetched.passing("The download_url redirects more than " + MOST_HOPS + " times."));
            return;
        }
        try {
            go(exchange, URI.create(exchange.getProperty(OPEN, DownloadUrl.class).value()).resolve(location).toString());
        } catch (IllegalArgumentException e) {
            end(exchange, NotFetched.passing("The download_url redirects to something that is no address."));
        }
    }

    private void go(Exchange exchange, String address) {
        Optional<String> refusal = rule.refusal(new DownloadUrl(address));
        if (refusal.isPresent()) {
            end(exchange, NotFetched.passing("The download_url may not be called. " + refusal.get()));
            return;
        }
        exchange.setProperty(OPEN, new DownloadUrl(address));
        exchange.setProperty(ADDRESS, SealedAddress.of(address));
        exchange.setProperty(Exchanges.OUTCOME, "redirect");
    }

    private static void end(Exchange exchange, NotFetched why) {
        exchange.setProperty(Exchanges.ANSWER, why);
        exchange.setProperty(Exchanges.OUTCOME, "not-fetched");
    }
}
