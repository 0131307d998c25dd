package io.github.venicevideo.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.ledger.KeyId;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.limit.Limits;
import io.github.venicevideo.ledger.work.Exchanges;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.answer.Refused;
import io.github.venicevideo.venice.answer.Retry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** What a quote that cannot be had says, and what it does not say. Its ledger is closed: nothing here has to do with the gate. */
class QuoteVerdictsTest {

    private static final String MODEL = "a-model";

    private final Limits limits = new Limits(new Ledger(Path.of("none"), Clock.systemUTC()), KeyId.of("api", Optional.empty()),
            Clock.systemUTC(), Settings.packaged());
    private final Verdicts verdicts = new Verdicts(limits);

    @Test
    void troubleOnOurSideOrOnTheWaySaysNothingOfTheModel() {
        verdicts.ofQuote(MODEL, new Retry(0, Optional.empty(), "The staging bucket does not answer"));

        assertThat(limits.failures().isDoubtful(MODEL)).isFalse();
    }

    @Test
    void anAnswerThatIsNoPriceMakesTheModelDoubtful() {
        verdicts.ofQuote(MODEL, new Retry(500, Optional.empty(), "Internal error"));

        assertThat(limits.failures().isDoubtful(MODEL)).isTrue();
    }

    /** A call of the gate would fail here. */
    @Test
    void aRefusedQuoteDoesNotTellTheGateThatTheQueueWorks() {
        verdicts.ofQuote(MODEL, new Refused("HTTP_400", 400, "No such duration", Map.of(), Optional.empty(), Optional.empty(),
                Optional.empty()));

        assertThat(limits.failures().isDoubtful(MODEL)).isTrue();
    }

    @Test
    void anAddressInAFailureIsNotTold() throws Exception {
        Quote quote = new Quote(null, null, Clock.systemUTC(), null, null);
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            Exchange exchange = new DefaultExchange(context);
            exchange.setProperty(Exchange.EXCEPTION_CAUGHT,
                    new IOException("PUT https://bucket.example.com/video?X-Amz-Signature=secret: no route\nto host"));

            quote.judgeFailure(exchange);

            assertThat(exchange.getProperty(Exchanges.ANSWER, Retry.class).message())
                    .isEqualTo("IOException: PUT (an address) no route to host");
        }
    }
}
