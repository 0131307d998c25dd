package io.github.venicevideo.deliver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.JobEvent;
import io.github.venicevideo.ledger.work.Exchanges;
import io.github.venicevideo.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;

/** Tells whoever listens what became of a job: at least once, each event under one id. */
public final class Events {

    private final Ledger ledger;
    private final String uri;

    public Events(Ledger ledger, Settings settings) {
        this.ledger = ledger;
        this.uri = settings.text("venice.events.uri").orElse("");
    }

    /** The endpoint that gets events; empty when nobody listens. */
    public String uri() {
        return uri;
    }

    /** Whether somebody listens. */
    public boolean isHeard() {
        return !uri.isEmpty();
    }

    /** Fixes what the job's new events say, as it is now; where nobody listens, they are done with. */
    public void write(@ExchangeProperty(Exchanges.JOB) Job job) {
        write(ledger.events().unwritten(job.id()), job);
    }

    /** The same for alarms, which do not wait for the bundle to be filed. */
    public void writeAlarms(@ExchangeProperty(Exchanges.JOB) Job job) {
        write(ledger.events().unwrittenAlarms(job.id()), job);
    }

    private void write(List<JobEvent> events, Job job) {
        for (JobEvent event : events) {
            if (uri.isEmpty()) {
                ledger.events().sent(event.id());
            } else {
                ledger.events().written(event.id(), document(event, job));
            }
        }
    }

    /** The job's events that have not been handed over, oldest first. */
    public List<JobEvent> unsent(@ExchangeProperty(Exchanges.JOB) Job job) {
        return ledger.events().unsent(job.id());
    }

    /** An event as JSON. */
    public String json(@Body JobEvent event) {
        return event.body().orElseThrow();
    }

    /** An event has been handed over. */
    public void sent(@ExchangeProperty("veniceEvent") JobEvent event) {
        ledger.events().sent(event.id());
    }

    /** All of them have been. */
    public void told(@ExchangeProperty(Exchanges.JOB) Job job) {
        ledger.events().told(job);
    }

    private String document(JobEvent event, Job job) {
        ObjectNode document = JobDocument.of(job, ledger.deliveries().of(job.id()));
        document.put("event_id", event.id());
        document.put("type", event.type());
        document.put("at", event.at().toString());
        return new String(JobDocument.bytes(document), StandardCharsets.UTF_8);
    }
}
