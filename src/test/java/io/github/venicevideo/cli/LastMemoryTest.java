package io.github.venicevideo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class LastMemoryTest {

    private final AtomicInteger ends = new AtomicInteger();

    @Test
    void aStepThatFindsNoMemoryEndsTheProgramAlsoWhereARouteWouldGoOn() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getCamelContextExtension().addInterceptStrategy(new LastMemory(ends::incrementAndGet));
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:large").doTry().process(exchange -> {
                        throw new OutOfMemoryError("Java heap space");
                    }).doCatch(Exception.class).log("that is all right").end();
                    from("direct:wrong").process(exchange -> {
                        throw new IllegalStateException("no more");
                    });
                }
            });
            // What ran out of memory is never through.
            context.getShutdownStrategy().setTimeout(1);
            context.start();

            catchThrowable(() -> context.createProducerTemplate().sendBody("direct:wrong", ""));
            assertThat(ends).hasValue(0);

            catchThrowable(() -> context.createProducerTemplate().sendBody("direct:large", ""));
            assertThat(ends.get()).isPositive();
        }
    }

    @Test
    void aThreadThatFindsNoMemoryEndsTheProgram() {
        LastMemory memory = new LastMemory(ends::incrementAndGet);

        memory.uncaughtException(Thread.currentThread(), new IllegalStateException("no more"));
        assertThat(ends).hasValue(0);

        memory.uncaughtException(Thread.currentThread(), new IllegalStateException(new OutOfMemoryError("Java heap space")));
        assertThat(ends.get()).isPositive();
    }
}
