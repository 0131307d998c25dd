package io.github.venicevideo.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.venicevideo.home.Border;
import io.github.venicevideo.home.BundleFolders;
import io.github.venicevideo.home.Claim;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.JobIds;
import io.github.venicevideo.home.WorkFolder;
import io.github.venicevideo.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program before this one placed for a call is taken up by one only: the start, or the repeated call. */
class EntranceTest {

    private static final String REFERENCE = "order-1";

    @TempDir
    private Path folder;
    private final CamelContext context = new DefaultCamelContext();
    private Ledger ledger;
    private Leftovers leftovers;
    private Entrance entrance;
    private Claim placed;

    @BeforeEach
    void start() throws IOException {
        Clock clock = Clock.systemUTC();
        Home home = Home.at(folder);
        ledger = new Ledger(folder.resolve("ledger"), clock);
        ledger.start();
        JobIds ids = new JobIds(clock);
        leftovers = new Leftovers(home, ledger, new BundleFolders(home, new Border(home), ledger.folders()), new Border(home),
                    ids, clock);
        entrance = new Entrance(home, ledger, new Border(home), ids, clock, leftovers);
        placed = Claim.of("20260101-000000-earlier", "direct", "canal", "request.json", false, Optional.of(REFERENCE),
                Instant.EPOCH);
        WorkFolder work = home.work(placed.jobId());
        placed.write(work);
        Files.writeString(work.dropped().resolve(placed.entry()), "{\"prompt\": \"A canal\"}");
    }

    @AfterEach
    void stop() {
        ledger.stop();
    }

    @Test
    void aRepeatedCallTakesUpWhatNobodyElseDoes() throws IOException {
        Exchange call = call(REFERENCE);

        assertThat(entrance.isTakenUp(call)).isFalse();

        assertThat(place(call)).isEqualTo(placed);
        assertThat(leftovers.isUnknown(placed)).isFalse();
    }

    @Test
    void aRepeatedCallWaitsForSomeTimeWhileTheStartTakesItUp() throws IOException {
        assertThat(leftovers.isUnknown(placed)).isTrue();
        Exchange call = call(REFERENCE);

        assertThat(entrance.isTakenUp(call)).isTrue();

        call.setProperty(ExchangePropertyKey.LOOP_INDEX, 40);
        assertThatThrownBy(() -> entrance.isTakenUp(call)).hasMessageContaining(REFERENCE).hasMessageContaining("Call again");
    }

    @Test
    void theNextCallOfTheSameExchangeIsAnother() throws IOException {
        Exchange call = call(REFERENCE);
        assertThat(entrance.isTakenUp(call)).isFalse();
        call.getMessage().setHeader(Entrance.REFERENCE, "order-2");

        assertThat(entrance.isTakenUp(call)).isFalse();

        assertThat(place(call).reference()).hasValue("order-2");
        call.getMessage().removeHeader(Entrance.REFERENCE);
        assertThat(entrance.isTakenUp(call)).isFalse();
        assertThat(place(call).reference()).isEmpty();
    }

    private Exchange call(String reference) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setHeader(Entrance.REFERENCE, reference);
        exchange.getMessage().setBody(Map.of("prompt", "A canal"));
        return exchange;
    }

    private Claim place(Exchange call) throws IOException {
        return entrance.place(call.getMessage().getBody(), call.getMessage().getHeader(Entrance.REFERENCE, String.class),
                call.getProperty("veniceLeft", Claim.class));
    }
}
