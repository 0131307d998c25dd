package io.github.venicevideo.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.MovableClock;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.home.drop.Drops;
import io.github.venicevideo.ledger.KeyId;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.job.Due;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.JobOptions;
import io.github.venicevideo.ledger.job.NewJob;
import io.github.venicevideo.ledger.limit.Limits;
import io.github.venicevideo.ledger.work.Exchanges;
import io.github.venicevideo.settings.Api;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.answer.Answer;
import io.github.venicevideo.venice.answer.QuoteOutcome;
import io.github.venicevideo.venice.catalogue.CatalogueCache;
import io.github.venicevideo.venice.client.ApiCall;
import io.github.venicevideo.venice.request.VideoRequest;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** While many questions about prices fail, one speaks for all, and none of the others' tries is spent. */
@Timeout(60)
class PriceTest {

    private static final Api API = Api.at("https://api");
    private static final Duration LEASE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;
    private final MovableClock clock = new MovableClock();
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    private Ledger ledger;
    private Limits limits;

    @BeforeEach
    void open() {
        ledger = new Ledger(folder, clock);
        ledger.start();
        limits = new Limits(ledger, KeyId.of(API.name(), Optional.of("key")), clock, Settings.packaged());
        ledger.newJobs().record(List.of(new NewJob("1", "1", "direct", Optional.empty(), JobState.RECEIVED, Optional.empty(),
                Optional.empty(), Optional.empty(), API.name(), new VideoRequest(Json.mapper().createObjectNode(), List.of()),
                JobOptions.none(), "hash", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty())));
    }

    @AfterEach
    void close() {
        ledger.stop();
    }

    @Test
    void aJobIsHeldUntilItIsTimeForTheNextQuestion() throws Exception {
        fail(5);

        assertThat(isAsked(price(Map.of("venice.budget.per-day", "1")))).isFalse();
        assertThat(exchange.isRouteStop()).isTrue();
        assertThat(ledger.leases().claim(Due.RECEIVED, LEASE)).as("put off").isEmpty();
        assertThat(ledger.jobs().find("1").orElseThrow().troubleCount()).isZero();

        clock.advance(Duration.ofSeconds(2));
        exchange.setRouteStop(false);
        assertThat(isAsked(price(Map.of("venice.budget.per-day", "1")))).isTrue();
    }

    @Test
    void anAnswerOfAnyKindEndsIt() throws Exception {
        fail(9);
        answered(400);

        assertThat(isAsked(price(Map.of()))).isTrue();
    }

    @Test
    void whatNeedsNoPriceGoesOnWithoutWhereNoneIsToldForLong() throws Exception {
        fail(8);

        assertThat(isAsked(price(Map.of()))).isFalse();
        price(Map.of()).keep(claimed(), exchange.getProperty(Exchanges.ANSWER, QuoteOutcome.class), exchange);
        assertThat(exchange.isRouteStop()).isFalse();
    }

    private boolean isAsked(Price price) {
        Job job = claimed();
        price.begin(job, exchange);
        return !exchange.isRouteStop() && price.isToAsk(job, exchange.getProperty(Exchanges.ANSWER));
    }

    private Job claimed() {
        return ledger.leases().claim(Due.RECEIVED, LEASE).or(() -> ledger.jobs().find("1")).orElseThrow();
    }

    private void fail(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            answered(500);
        }
    }

    private void answered(int status) throws Exception {
        limits.begin(ApiCall.at("/api/v1/video/quote"));
        limits.answered(ApiCall.QUOTE, Answer.read(status, Map.of(), InputStream.nullInputStream(), clock));
    }

    private Price price(Map<String, String> settings) {
        Settings all = Settings.packaged().with(settings);
        return new Price(new Drops(all, folder), ledger, clock, limits, all,
                new CatalogueCache(folder.resolve("catalogue"), API.name(), clock, Duration.ofDays(1)), API);
    }
}
