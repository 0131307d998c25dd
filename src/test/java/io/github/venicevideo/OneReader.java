package io.github.venicevideo;

import io.github.venicevideo.home.Claim;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;

/** Counts who reads a work folder at once, and holds the first that takes up what could not be recorded. */
final class OneReader implements InterceptStrategy {

    private final String source;
    private final CountDownLatch go = new CountDownLatch(1);
    private final AtomicInteger again = new AtomicInteger();
    private final Map<String, Integer> reading = new ConcurrentHashMap<>();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();

    /** @param source the step in which a source places what it found, which is counted too */
    OneReader(String source) {
        this.source = source;
    }

    @Override
    public Processor wrapProcessorInInterceptors(CamelContext context, NamedNode step, Processor target, Processor next) {
        return exchange -> {
            if (source.equals(step.getId())) {
                looks.incrementAndGet();
            }
            if (!"read-bundle".equals(step.getId())) {
                target.process(exchange);
                return;
            }
            String folder = exchange.getMessage().getBody(Claim.class).jobId();
            most.accumulateAndGet(reading.merge(folder, 1, Integer::sum), Math::max);
            if ("venice-unrecorded".equals(exchange.getFromRouteId()) && again.incrementAndGet() == 1) {
                go.await(20, TimeUnit.SECONDS);
            }
            target.process(exchange);
            reading.merge(folder, -1, Integer::sum);
        };
    }

    /** Whether one that takes up again has come to read. */
    boolean holds() {
        return again.get() > 0;
    }

    void letGo() {
        go.countDown();
    }

    /** How often the source has tried to place something. */
    int looks() {
        return looks.get();
    }

    /** The most that ever read one work folder at once. */
    int most() {
        return most.get();
    }
}
