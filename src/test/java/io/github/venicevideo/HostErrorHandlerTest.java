package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.venicevideo.api.JobNotDeliveredException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.errorhandler.DeadLetterChannelDefinition;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A host's error handler is for the host's routes: ours fail as they say, whenever it was set. */
@Timeout(180)
class HostErrorHandlerTest {

    private static final String SUBMIT = "direct:venice-video-submit";

    @TempDir
    private Path folder;
    private Station station;
    private final CamelContext context = new DefaultCamelContext();

    @BeforeEach
    void start() throws Exception {
        station = Station.quick(folder);
    }

    @AfterEach
    void stop() throws Exception {
        context.stop();
        station.close();
    }

    @Test
    void oneThatIsSetBefore() throws Exception {
        setHostsHandler();
        VeniceVideo.addTo(context, station.settings());
        context.start();

        ours();
    }

    @Test
    void oneThatIsSetBetweenAddingAndStarting() throws Exception {
        VeniceVideo.addTo(context, station.settings());
        setHostsHandler();
        context.start();

        ours();
    }

    @Test
    void oneThatIsSetWhenAllIsRunning() throws Exception {
        context.start();
        VeniceVideo.addTo(context, station.settings());
        setHostsHandler();

        ours();
    }

    private void setHostsHandler() throws Exception {
        context.getCamelContextExtension().setErrorHandlerFactory(new DeadLetterChannelDefinition("direct:host-dead"));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:host-dead").routeId("host-dead").setBody(constant("swallowed by the host"));
                from("direct:host").routeId("host-route").throwException(new IllegalStateException("on purpose"));
            }
        });
    }

    private void ours() {
        assertThatThrownBy(() -> context.createProducerTemplate().requestBody(SUBMIT, Map.of("promt", "Misspelt"), String.class))
                .cause().isInstanceOf(JobNotDeliveredException.class).hasMessageContaining("promt");
        assertThat(context.createProducerTemplate().requestBody("direct:host", "", String.class)).isEqualTo("swallowed by the host");
        assertThat(((ModelCamelContext) context).getRouteDefinitions())
                .filteredOn(route -> route.getId().startsWith("venice-")).hasSizeGreaterThan(20)
                .allSatisfy(route -> assertThat(route.getErrorHandlerFactory()).as(route.getId()).isInstanceOfAny(
                        NoErrorHandlerDefinition.class, DefaultErrorHandlerDefinition.class)
                        .isNotInstanceOf(DeadLetterChannelDefinition.class));
    }
}
