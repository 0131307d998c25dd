package io.github.venicevideo.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.venicevideo.Station;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A host goes on when memory has run out, so that its health has to say so. */
@Timeout(60)
class LostMemoryTest {

    @TempDir
    private Path folder;
    private final AtomicBoolean running = new AtomicBoolean();

    @Test
    void itIsKnownOfOurRoutesAloneAndForGood() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            LostMemory memory = LostMemory.watch(context);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:hosts").routeId("hosts").process(exchange -> runOut());
                    from("direct:wrong").routeId("venice-wrong").process(exchange -> {
                        throw new IllegalStateException("no more");
                    });
                    from("direct:large").routeId("venice-large").process(exchange -> runOut());
                }
            });
            // What ran out of memory is never through.
            context.getShutdownStrategy().setTimeout(1);
            context.start();

            catchThrowable(() -> context.createProducerTemplate().sendBody("direct:hosts", ""));
            catchThrowable(() -> context.createProducerTemplate().sendBody("direct:wrong", ""));
            assertThat(memory.lost()).isEmpty();

            catchThrowable(() -> context.createProducerTemplate().sendBody("direct:large", ""));
            assertThat(memory.lost()).hasValueSatisfying(sentence -> assertThat(sentence).startsWith("Memory ran out in venice-large")
                    .contains("-Xmx"));
        }
    }

    @Test
    void aHostsHealthIsDownForIt() throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        try (Station station = Station.quick(folder)) {
            context.getRegistry().bind("veniceClock", new ClockWithoutMemory(Thread.currentThread(), running));
            station.start(context);
            running.set(true);

            Throwable thrown = catchThrowable(() -> context.createProducerTemplate()
                    .requestBody("direct:venice-video-submit", Map.of("prompt", "A gondola")));
            assertThat(thrown)
                    .hasStackTraceContaining("OutOfMemoryError");

            HealthCheck.Result health = HealthCheckRegistry.get(context).getCheck("venice-memory").orElseThrow().call();
            assertThat(health.getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(health.getMessage()).hasValueSatisfying(sentence -> assertThat(sentence).startsWith("Memory ran out"));
            running.set(false);
            context.getShutdownStrategy().setTimeout(1);
        }
    }

    /** Has none left for one thread. */
    private static final class ClockWithoutMemory extends Clock {

        private final Thread thread;
        private final AtomicBoolean running;

        ClockWithoutMemory(Thread thread, AtomicBoolean running) {
            this.thread = thread;
            this.running = running;
        }

        @Override
        public Instant instant() {
            if (running.get() && Thread.currentThread() == thread) {
                runOut();
            }
            return systemUTC().instant();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static void runOut() {
        throw new OutOfMemoryError("Java heap space");
    }
}
