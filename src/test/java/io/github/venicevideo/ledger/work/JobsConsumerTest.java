package io.github.venicevideo.ledger.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.venicevideo.MovableClock;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.LedgerTest;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.venice.Backoff;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever has a job in hand keeps its lease, however the job came to it. */
@Timeout(180)
class JobsConsumerTest {

    private static final Duration LEASE = Duration.ofMillis(300);

    @TempDir
    private Path folder;
    private final MovableClock clock = new MovableClock();
    private final AtomicInteger begun = new AtomicInteger();
    private final CountDownLatch secondHasIt = new CountDownLatch(1);
    private final CountDownLatch firstIsDone = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private Ledger ledger;

    @Test
    void theLeaseOfAJobThatWasHandedOnAndClaimedAnewIsRenewedAfterItsFirstWorkerIsDone() throws Exception {
        ledger = new Ledger(folder, clock);
        ledger.start();
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addComponent(JobsComponent.SCHEME, new JobsComponent(ledger, new JobsTiming(Duration.ofMillis(20), LEASE,
                    new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1)))));
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(JobsComponent.SCHEME + ":received?workers=2").process(JobsConsumerTest.this::work);
                }
            });
            ledger.newJobs().record(List.of(LedgerTest.job("handed on")));
            context.start();
            assertThat(secondHasIt.await(20, TimeUnit.SECONDS)).isTrue();
            // Both workers have been busy: a third job is taken once the first is done with what it handed on.
            ledger.newJobs().record(List.of(LedgerTest.job("other")));
            assertThat(firstIsDone.await(20, TimeUnit.SECONDS)).isTrue();

            Instant before = clock.instant().plus(LEASE);
            clock.advance(LEASE.dividedBy(2));

            await().atMost(Duration.ofSeconds(30)).until(() -> leaseUntil("handed on").isAfter(before));
            end.countDown();
        } finally {
            end.countDown();
            ledger.stop();
        }
    }

    private void work(Exchange exchange) throws InterruptedException {
        Job job = exchange.getProperty(Exchanges.JOB, Job.class);
        if (job.id().equals("other")) {
            firstIsDone.countDown();
        } else if (begun.incrementAndGet() == 1) {
            ledger.transitions().received(job, clock.instant(), "again, at once");
            secondHasIt.await(20, TimeUnit.SECONDS);
            return;
        } else {
            secondHasIt.countDown();
        }
        end.await(20, TimeUnit.SECONDS);
    }

    private Instant leaseUntil(String id) {
        return Instant.ofEpochMilli(ledger.jdbi().withHandle(handle -> handle
                .createQuery("SELECT lease_until FROM job WHERE id = :id").bind("id", id).mapTo(Long.class).one()));
    }
}
