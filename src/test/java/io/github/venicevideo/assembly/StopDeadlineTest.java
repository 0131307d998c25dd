package io.github.venicevideo.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.venicevideo.Station;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class StopDeadlineTest {

    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger allowed = new AtomicInteger();

    @Test
    void whatIsStartedAgainMayCallAgain() throws Exception {
        DefaultCamelContext context = contextWith(Duration.ZERO);
        context.stop();
        await().atMost(Station.PATIENCE).untilAtomic(ended, count -> assertThat(count).isEqualTo(1));
        int before = allowed.get();

        context.start();

        assertThat(allowed.get()).isGreaterThan(before);
        context.stop();
    }

    @Test
    void theDeadlineOfAStopThatIsOverDoesNotReachTheNextStart() throws Exception {
        DefaultCamelContext context = contextWith(Duration.ofMinutes(5));
        context.stop();
        StopDeadline deadline = deadline(context);
        assertThat(deadline.isRunning()).isTrue();

        context.start();

        assertThat(deadline.isRunning()).isFalse();
        assertThat(ended).hasValue(0);
        context.stop();
    }

    private DefaultCamelContext contextWith(Duration after) {
        DefaultCamelContext context = new DefaultCamelContext();
        context.getManagementStrategy().addEventNotifier(new StopDeadline(after, ended::incrementAndGet,
                allowed::incrementAndGet));
        context.start();
        return context;
    }

    private static StopDeadline deadline(DefaultCamelContext context) {
        return (StopDeadline) context.getManagementStrategy().getEventNotifiers().stream()
                .filter(StopDeadline.class::isInstance).findFirst().orElseThrow();
    }
}
