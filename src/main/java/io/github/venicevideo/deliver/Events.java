package io.github.venicevideo.deliver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.ledger.Exchanges;
import io.github.venicevideo.ledger.Job;
import io.github.venicevideo.ledger.JobEvent;
import io.github.venicevideo.ledger.Ledger;
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

    /** The job's events that have not been handed over, oldest first. */
    public List<JobEvent> unsent(@ExchangeProperty(Exchanges.JOB) Job job) {
        return ledger.unsentEvents(job.id());
    }

    /** An event as JSON. */
    public String json(@Body JobEvent event, @ExchangeProperty(Exchanges.JOB) Job job) {
        ObjectNode document = JobDocument.of(job, ledger.deliveries().of(job.id()));
        document.put("event_id", event.id());
        document.put("type", event.type());
        document.put("at", event.at().toString());
        return new String(JobDocument.bytes(document), StandardCharsets.UTF_8);
    }

    /** An event has been handed over. */
    public void sent(@ExchangeProperty("veniceEvent") JobEvent event) {
        ledger.eventSent(event.id());
    }
}
