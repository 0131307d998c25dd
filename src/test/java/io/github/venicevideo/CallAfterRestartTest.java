package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.home.Claim;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.WorkFolder;
import io.github.venicevideo.intake.Entrance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.InterceptStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A call is repeated while the program that was started again is taking up what the first one placed. */
@Timeout(300)
class CallAfterRestartTest {

    private static final String REFERENCE = "order-1";
    private static final String PROMPT = "A gondola at dawn";

    @TempDir
    private Path folder;

    @Test
    void waitsForTheJobOfTheFirstCall() throws Exception {
        SlowTakeUp takeUp = new SlowTakeUp();
        try (Station station = Station.quick(folder)) {
            String jobId = placedByAnEarlierProgram(station.home());
            CompletableFuture<String> answer = callWhileItIsTakenUp(station, takeUp);
            takeUp.await(takeUp.waiting);
            takeUp.goOn.countDown();

            assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(jobId);

            station.awaitQuiet();
            assertThat(station.posted(PROMPT)).hasSize(1);
        }
    }

    private static CompletableFuture<String> callWhileItIsTakenUp(Station station, SlowTakeUp takeUp) throws Exception {
        CamelContext context = new DefaultCamelContext();
        context.getCamelContextExtension().addInterceptStrategy(takeUp);
        station.start(context);
        takeUp.await(takeUp.begun);
        return context.createProducerTemplate().asyncRequestBodyAndHeader("direct:venice-video-submit",
                Map.of("prompt", PROMPT), Entrance.REFERENCE, REFERENCE, String.class);
    }

    private static String placedByAnEarlierProgram(Path home) throws Exception {
        String jobId = "20260101-000000-earlier";
        Claim claim = Claim.of(jobId, "direct", jobId, "request.json", false, Optional.of(REFERENCE), Instant.EPOCH);
        WorkFolder work = Home.at(home).work(jobId);
        claim.write(work);
        Files.writeString(work.dropped().resolve(claim.entry()), "{\"prompt\": \"" + PROMPT + "\"}");
        return jobId;
    }

    /** Holds what is taken up at the start, until the test lets it go on. */
    private static final class SlowTakeUp implements InterceptStrategy {

        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch waiting = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);

        @Override
        public Processor wrapProcessorInInterceptors(CamelContext context, NamedNode step, Processor target, Processor next) {
            return exchange -> {
                if ("wait-for-take-up".equals(step.getId())) {
                    waiting.countDown();
                }
                if ("read-bundle".equals(step.getId()) && "venice-leftovers".equals(exchange.getFromRouteId())) {
                    begun.countDown();
                    await(goOn);
                }
                target.process(exchange);
            };
        }

        void await(CountDownLatch latch) throws InterruptedException {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }
}
