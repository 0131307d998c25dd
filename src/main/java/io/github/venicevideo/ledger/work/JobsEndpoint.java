package io.github.venicevideo.ledger.work;

import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.job.Due;
import java.util.Optional;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** One kind of work. */
public final class JobsEndpoint extends DefaultEndpoint {

    private final Ledger ledger;
    private final Due due;
    private final JobsTiming timing;
    private int workers = 1;
    private JobSource source;
    private boolean chosen;

    JobsEndpoint(String uri, Component component, Ledger ledger, Due due, JobsTiming timing) {
        super(uri, component);
        this.ledger = ledger;
        this.due = due;
        this.timing = timing;
        this.source = lease -> ledger.leases().claim(due, lease).map(JobSource.Next::of)
                .orElseGet(() -> new JobSource.Next(Optional.empty(), ledger.leases().nextDue(due)));
    }

    /** How many jobs are in hand at once; no more than that are ever claimed. */
    public int getWorkers() {
        return workers;
    }

    public void setWorkers(int workers) {
        if (workers < 1) {
            throw new IllegalArgumentException("workers must be at least 1, not " + workers);
        }
        this.workers = workers;
    }

    /** What chooses the next job; unless it is set, the one that has waited longest. */
    public JobSource getSource() {
        return source;
    }

    public void setSource(JobSource source) {
        this.source = source;
        this.chosen = true;
    }

    /** Whether {@link #setSource} was called. */
    boolean isChosen() {
        return chosen;
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        JobsConsumer consumer = new JobsConsumer(this, processor, ledger, due, timing);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("Jobs get into the ledger by a change of state, not by sending to "
                + getEndpointUri());
    }
}
