package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.fault.Fault;
import io.github.venicevideo.venice.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A listener that cannot be reached gets its events later, in order, and nobody else waits for it. */
@Timeout(300)
class EventsTest {

    @Test
    void aFailingListenerKeepsNobodyFromAnsweringAndIsToldInOrder(@TempDir Path folder) throws Exception {
        AtomicBoolean down = new AtomicBoolean(true);
        List<JsonNode> told = new CopyOnWriteArrayList<>();
        try (Station station = Station.quick(folder).with("venice.events.uri", "bean:listener")) {
            DefaultCamelContext context = new DefaultCamelContext();
            context.getRegistry().bind("listener", (Processor) exchange -> {
                if (down.get()) {
                    throw new IllegalStateException("Nobody listens");
                }
                told.add(Json.mapper().readTree(exchange.getMessage().getBody(String.class)));
            });
            station.start(context);
            station.sandbox().faults().next(1, Call.QUEUE, Fault.error(500));
            station.dropReady("answered", Map.of("prompt.txt", "answered"));
            JsonNode parked = station.awaitParked("answered");

            Path form = station.home().resolve("parked/answered/answer-form.json");
            ObjectNode filled = (ObjectNode) Json.mapper().readTree(Files.readAllBytes(form));
            Files.write(form, Json.pretty(filled.put("answer", "resubmit").put("by", "Anna")));
            Files.move(form, form.resolveSibling("answer.json"), StandardCopyOption.ATOMIC_MOVE);
            station.awaitDone("answered");
            assertThat(told).isEmpty();
            down.set(false);

            await().atMost(Station.PATIENCE).until(() -> told.size() >= 2);
            List<String> types = new ArrayList<>();
            told.forEach(event -> types.add(event.path("type").asText() + "/" + event.path("state").asText()));
            assertThat(types).containsExactly("parked/parked", "delivered/delivered");
            assertThat(told).allSatisfy(event -> assertThat(event.path("job_id")).isEqualTo(parked.path("job_id")));
            assertThat(told.get(0).path("reason").asText()).isEqualTo("in-doubt");
        }
    }
}
