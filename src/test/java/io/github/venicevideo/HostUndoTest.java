package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.venicevideo.api.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.Model;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A start that fails leaves nothing behind in the host, and the bundle is added once. */
@Timeout(120)
class HostUndoTest {

    @TempDir
    private Path folder;
    private final List<CamelContext> hosts = new ArrayList<>();

    @AfterEach
    void stop() {
        hosts.forEach(CamelContext::stop);
    }

    @Test
    void whatFailsIsUndoneWholeAndMayBeTriedAgain() throws Exception {
        CamelContext context = host();
        CamelContext other = host();
        try (Station station = Station.in(folder)) {
            Map<String, Object> before = seen(context);
            Map<String, String> wrong = new TreeMap<>(station.settings());
            wrong.put("venice.drop.sources", "inbox");
            wrong.put("venice.drop.sources.inbox", "nothing-of-the-kind:here");

            assertThatThrownBy(() -> VeniceVideo.addTo(context, wrong)).isInstanceOf(InvalidSettingException.class)
                    .hasMessageContaining("venice.drop.sources.inbox").satisfies(e -> assertThat(e.getSuppressed()).isEmpty());

            assertThat(seen(context)).isEqualTo(before);
            Map<String, String> late = new TreeMap<>(station.settings());
            late.put("venice.routes.dir", brokenRoutes().toString());
            assertThatThrownBy(() -> VeniceVideo.addTo(context, late)).satisfies(e -> assertThat(e.getSuppressed()).isEmpty());
            assertThat(seen(context)).isEqualTo(before);
            VeniceVideo.addTo(other, station.settings());
            other.stop();
            VeniceVideo.addTo(context, station.settings());
            station.dropReady("again", Map.of("prompt.txt", "A second try"));
            await().atMost(Station.PATIENCE).until(() -> Files.exists(station.video("again")));
        }
    }

    @Test
    void itIsAddedOnce() throws Exception {
        CamelContext context = host();
        try (Station station = Station.in(folder)) {
            VeniceVideo.addTo(context, station.settings());
            Map<String, Object> before = seen(context);

            assertThatThrownBy(() -> VeniceVideo.addTo(context, station.settings())).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("already: add them once");

            assertThat(seen(context)).isEqualTo(before);
        }
    }

    /** All but the last of which can be loaded. */
    private Path brokenRoutes() throws IOException {
        Path routes = Files.createDirectory(folder.resolve("routes of mine"));
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Files.copy(file, routes.resolve(file.getFileName()));
            }
        }
        Files.writeString(routes.resolve("5-deliver.camel.yaml"), "- route:\n    from:\n      uri: nowhere:at-all\n      steps: []\n");
        return routes;
    }

    private CamelContext host() throws Exception {
        CamelContext context = new DefaultCamelContext();
        hosts.add(context);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:host").routeId("host-route").to("log:host");
            }
        });
        context.start();
        return context;
    }

    private static Map<String, Object> seen(CamelContext context) {
        Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
        Set<String> checks = HealthCheckRegistry.get(context) == null ? Set.of() : HealthCheckRegistry.get(context).getCheckIDs()
                .stream().collect(Collectors.toCollection(TreeSet::new));
        return Map.of("routes", context.getRoutes().stream().map(Route::getRouteId).sorted().toList(),
                "definitions", model.getRouteDefinitions().size(),
                "templates", model.getRouteTemplateDefinitions().size(),
                "configurations", model.getRouteConfigurationDefinitions().size(),
                "endpoints", context.getEndpoints().stream().map(Object::toString).sorted().toList(),
                "beans", List.of("veniceHome", "veniceLedger", "veniceIntake", "veniceSettings").stream()
                        .filter(name -> context.getRegistry().lookupByName(name) != null).toList(),
                "checks", checks);
    }
}
