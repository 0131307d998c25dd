package io.github.venicevideo.ledger.work;

import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.LedgerDatabase;
import io.github.venicevideo.ledger.job.Due;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.LeaseLostException;
import io.github.venicevideo.venice.endpoint.Sentences;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Claims jobs one at a time, each only when a worker is free for it, and runs the route on them. A route that
 * breaks off gives its job back; a route that has handed its job on no longer holds it.
 */
final class JobsConsumer extends DefaultConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(JobsConsumer.class);

    /** In milliseconds: more than a claim takes. */
    private static final long STOPPING = 2_000;

    /** In milliseconds: how long at most until the ledger is asked all the same, if all that comes up is told of. */
    private static final long ANNOUNCED = 1_000;

    private final RandomGenerator random = RandomGenerator.getDefault();
    private final Ledger ledger;
    private final Due due;
    private final JobSource source;
    private final JobsTiming timing;
    /** Whether whatever comes up is told of, so that it is slept until the next job is due. */
    private final boolean announced;
    private final Semaphore free;
    /** By the work, not by the job: one that is handed on can be claimed anew before its first worker is done with it. */
    private final Map<WorkerSlot, Job> inHand = new ConcurrentHashMap<>();
    private volatile boolean claiming;
    /** That the ledger cannot be asked; known to the dispatcher alone. */
    private boolean told;
    private ExecutorService dispatcher;
    private ExecutorService workers;
    private ScheduledExecutorService renewer;

    JobsConsumer(JobsEndpoint endpoint, Processor processor, Ledger ledger, Due due, JobsTiming timing) {
        super(endpoint, processor);
        this.ledger = ledger;
        this.due = due;
        this.source = endpoint.getSource();
        this.announced = !endpoint.isChosen();
        this.timing = timing;
        this.free = new Semaphore(endpoint.getWorkers());
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        var executors = getEndpoint().getCamelContext().getExecutorServiceManager();
        String name = getEndpoint().getEndpointUri();
        workers = executors.newCachedThreadPool(this, name);
        dispatcher = executors.newSingleThreadExecutor(this, name + "-claims");
        renewer = executors.newSingleThreadScheduledExecutor(this, name + "-leases");
        long third = timing.lease().toMillis() / 3;
        renewer.scheduleWithFixedDelay(this::renew, third, third, TimeUnit.MILLISECONDS);
        claiming = true;
        dispatcher.execute(this::claimUntilStopped);
    }

    @Override
    protected void doStop() throws Exception {
        claiming = false;
        var executors = getEndpoint().getCamelContext().getExecutorServiceManager();
        executors.shutdownNow(dispatcher);
        executors.shutdown(workers);
        executors.shutdownNow(renewer);
        // A claim on its way is given back while there is still a ledger.
        executors.awaitTermination(dispatcher, STOPPING);
        super.doStop();
    }

    private void claimUntilStopped() {
        try {
            while (claiming) {
                free.acquire();
                long seen = ledger.wakeups().version(due);
                JobSource.Next next = next();
                if (next.job().isPresent()) {
                    hand(next.job().get());
                } else {
                    free.release();
                    ledger.wakeups().await(due, seen, pause(next));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A claim that comes through while the consumer is being stopped is given back unbegun. */
    private void hand(Job job) {
        ledger.inHand().begin(job);
        try {
            workers.execute(() -> work(job));
        } catch (RejectedExecutionException e) {
            ledger.inHand().end(job);
            free.release();
            release(job);
        }
    }

    private JobSource.Next next() {
        try {
            ledger.clockWatch().look();
            JobSource.Next next = claiming ? source.next(timing.lease()) : JobSource.Next.nothing();
            if (told && claiming) {
                told = false;
                LOG.info("The ledger can be asked again for {}", jobs());
            }
            return next;
        } catch (RuntimeException e) {
            tell(e);
            return JobSource.Next.nothing();
        }
    }

    /** Once, since it may go on for hours. */
    private void tell(RuntimeException e) {
        if (!told && claiming) {
            told = true;
            LOG.error("The ledger cannot be asked for {}, which waits until it can; nothing is lost. {}", jobs(),
                    LedgerDatabase.said(e), LOG.isDebugEnabled() ? e : null);
        }
    }

    private String jobs() {
        return due.name().toLowerCase(Locale.ROOT) + " jobs";
    }

    /** At least a millisecond, so that a time that has just passed does not make a loop without end. */
    private long pause(JobSource.Next next) {
        long idle = announced ? Math.max(ANNOUNCED, timing.idle().toMillis()) : timing.idle().toMillis();
        return next.notBefore().map(at -> Math.max(1, Math.min(idle, ledger.until(at).toMillis()))).orElse(idle);
    }

    private void work(Job job) {
        Exchange exchange = createExchange(false);
        WorkerSlot slot = new WorkerSlot(free);
        inHand.put(slot, job);
        try {
            MDC.put("job", job.id());
            exchange.getIn().setBody(job);
            exchange.setProperty(Exchanges.JOB, job);
            exchange.setProperty(Exchanges.WORKER, slot);
            getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        } finally {
            inHand.remove(slot);
            finish(job, exchange);
            ledger.inHand().end(job);
            MDC.remove("job");
            releaseExchange(exchange, false);
            slot.release();
        }
    }

    private void finish(Job job, Exchange exchange) {
        Exception exception = exchange.getException();
        if (exception instanceof LeaseLostException) {
            getExceptionHandler().handleException(exception);
            return;
        }
        try {
            if (exception == null) {
                ledger.troubles().worked(due.name(), job.id());
                if (!release(job) && announced) {
                    ledger.wakeups().wake(due);
                }
            } else {
                int troubles = due.isErrand() ? ledger.errands().tries(due, job.id()) : job.troubleCount();
                Duration pause = timing.retry().after(troubles + 1, random);
                String why = Sentences.of(exception);
                releaseTroubled(job, pause, why);
                ledger.troubles().failed(due.name(), job.id(), why, pause);
                ledger.wakeups().wake(due);
                tell(job, exception, pause, troubles == 0);
            }
        } catch (RuntimeException e) {
            getExceptionHandler().handleException("Job " + job.id() + " could not be given back; its lease will end", e);
        }
    }

    /** @return whether it was still ours: else the route has handed it on, or has said itself when it is due */
    private boolean release(Job job) {
        return due.isErrand() ? ledger.errands().release(due, job) : ledger.leases().release(job);
    }

    private void releaseTroubled(Job job, Duration pause, String why) {
        if (due.isErrand()) {
            ledger.errands().later(due, job, pause);
        } else {
            ledger.leases().releaseTroubled(job, pause, why);
        }
    }

    /** The whole story once, and a line for each time that it happens again. */
    private void tell(Job job, Exception exception, Duration pause, boolean first) {
        LOG.warn("{}: a step broke off, it is taken again in {} ms: {}", job.bundle(), pause.toMillis(),
                Sentences.of(exception), first || LOG.isDebugEnabled() ? exception : null);
    }

    private void renew() {
        for (Job job : inHand.values()) {
            try {
                if (due.isErrand()) {
                    ledger.errands().renew(due, job, timing.lease());
                } else {
                    ledger.leases().renew(job, timing.lease());
                }
            } catch (RuntimeException e) {
                getExceptionHandler().handleException("The lease on job " + job.id() + " could not be renewed", e);
            }
        }
    }
}
