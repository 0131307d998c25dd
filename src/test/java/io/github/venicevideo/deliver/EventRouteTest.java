package io.github.venicevideo.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.VeniceVideo;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.JobEvent;
import io.github.venicevideo.ledger.work.Exchanges;
import io.github.venicevideo.venice.Json;
import java.net.ConnectException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The route {@code venice-event}: an event is handed over at least once, and is marked as sent only then. */
@Timeout(180)
class EventRouteTest extends CamelTestSupport {

    @TempDir
    private Path folder;
    private Ledger ledger;
    private MockEndpoint listener;
    private Job job;

    @Override
    public void configureTest(TestExecutionConfiguration configuration) {
        super.configureTest(configuration);
        configuration.withUseAdviceWith(true);
    }

    @Override
    public void configureContext(CamelContextConfiguration configuration) {
        super.configureContext(configuration);
        configuration.withShutdownTimeout(5);
    }

    @BeforeEach
    void haveAJobFail() throws Exception {
        VeniceVideo.addTo(context(), Map.of("venice.api.key", "key", "venice.api.url", "http://127.0.0.1:9/api/v1",
                "venice.home", folder.toString(), "venice.events.uri", "mock:listener"));
        // The test is the only worker.
        for (RouteDefinition route : ((ModelCamelContext) context()).getRouteDefinitions()) {
            if (!route.getInput().getEndpointUri().startsWith("direct:")) {
                route.autoStartup(false);
            }
        }
        context().start();
        ledger = context().getRegistry().lookupByNameAndType("veniceLedger", Ledger.class);
        listener = context().getEndpoint("mock:listener", MockEndpoint.class);
        assertThatThrownBy(() -> template().requestBodyAndHeader("direct:venice-video-submit",
                Map.of("prompt", ""), "VeniceVideoReference", "order-1")).isNotNull();
        job = ledger.jobs().findByReference("order-1").orElseThrow();
        context().getRegistry().lookupByNameAndType("veniceEvents", Events.class).write(job);
    }

    @Test
    void theListenerGetsWhatBecameOfTheJobAsJson() throws Exception {
        JobEvent event = unsent().get(0);
        listener.expectedMessageCount(1);

        send(event);

        listener.assertIsSatisfied();
        JsonNode told = Json.mapper().readTree(listener.getExchanges().get(0).getMessage().getBody(String.class));
        assertThat(told.path("event_id").asText()).isEqualTo(event.id());
        assertThat(told.path("type").asText()).isEqualTo("failed");
        assertThat(told.path("job_id").asText()).isEqualTo(job.id());
        assertThat(told.path("reference").asText()).isEqualTo("order-1");
        assertThat(told.path("reason").asText()).isEqualTo("invalid-bundle");
        assertThat(listener.getExchanges().get(0).getMessage().getHeaders()).isEmpty();
        assertThat(unsent()).isEmpty();
    }

    @Test
    void anEventThatCouldNotBeHandedOverIsHandedOverAgainUnderItsId() {
        listener.whenExchangeReceived(1, exchange -> {
            throw new ConnectException("Nobody listens");
        });
        JobEvent event = unsent().get(0);

        assertThat(send(event).getException()).hasMessage("Nobody listens");
        assertThat(unsent()).extracting(JobEvent::id).containsExactly(event.id());

        assertThat(send(unsent().get(0)).getException()).isNull();
        assertThat(unsent()).isEmpty();
    }

    private Exchange send(JobEvent event) {
        return template().send("direct:venice-event", exchange -> {
            exchange.setProperty(Exchanges.JOB, job);
            exchange.getMessage().setBody(event);
            exchange.getMessage().setHeader("left-over", "from elsewhere");
            exchange.getMessage().setHeader("kafka.OVERRIDE_TOPIC", "elsewhere");
        });
    }

    private List<JobEvent> unsent() {
        return ledger.events().unsent(job.id());
    }
}
