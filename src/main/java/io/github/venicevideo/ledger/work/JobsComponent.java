package io.github.venicevideo.ledger.work;

import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.job.Due;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * {@code venice-jobs:<kind of work>?workers=4}: a consumer of jobs that wait in the ledger, so that stages hand
 * over through it and routes say so in their {@code from}.
 */
public final class JobsComponent extends DefaultComponent {

    /** The scheme that routes use. */
    public static final String SCHEME = "venice-jobs";

    private final Ledger ledger;
    private final JobsTiming timing;

    public JobsComponent(Ledger ledger, JobsTiming timing) {
        this.ledger = ledger;
        this.timing = timing;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        JobsEndpoint endpoint = new JobsEndpoint(uri, this, ledger, Due.of(remaining), timing);
        setProperties(endpoint, parameters);
        return endpoint;
    }
}
