package io.github.venicevideo;

import static io.github.venicevideo.SampleMedia.png;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.api.InvalidSettingException;
import io.github.venicevideo.api.JobNotDeliveredException;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.fault.Fault;
import io.github.venicevideo.venice.Json;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One call adds the bundle to a host's own context, which goes on as it was. */
@Timeout(300)
class HostTest {

    private static final String SUBMIT = "direct:venice-video-submit";
    private static final String GENERATE = "direct:venice-video-generate";

    @TempDir
    private static Path folder;
    private static Station station;
    private static CamelContext context;
    private static ProducerTemplate template;
    private static HttpComponent http;
    private static final List<String> EVENTS = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        station = Station.in(folder).with("venice.events.uri", "direct:host-events");
        context = new DefaultCamelContext();
        context.getCamelContextExtension().setName("the-host");
        context.getShutdownStrategy().setTimeout(10);
        http = new HttpComponent();
        context.addComponent("http", http);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(IllegalStateException.class).handled(true).setBody(constant("mended by the host"));
                from("direct:host").routeId("host-route").throwException(new IllegalStateException("on purpose"));
                from("direct:host-events").routeId("host-events").process(exchange ->
                        EVENTS.add(exchange.getMessage().getBody(String.class)));
            }
        });
        context.start();
        VeniceVideo.addTo(context, station.settings());
        template = context.createProducerTemplate();
    }

    @AfterEach
    void disarm() {
        station.sandbox().faults().clear();
    }

    @AfterAll
    static void stop() throws Exception {
        context.stop();
        station.close();
    }

    @Test
    void theHostsRoutesErrorHandlersAndComponentsAreAsTheyWere() {
        assertThat(template.requestBody("direct:host", "", String.class)).isEqualTo("mended by the host");
        assertThat(context.getName()).isEqualTo("the-host");
        assertThat(context.hasComponent("http")).isSameAs(http);
        assertThat(http.getHttpClientConfigurer()).isNull();
        assertThat(context.getRoute("host-route")).isNotNull();
        assertThat(context.getRoutes()).extracting(route -> route.getRouteId())
                .allMatch(id -> id.startsWith("host-") || id.startsWith("venice-"));
    }

    @Test
    void aBundleInTheDropFolderIsTakenInAHostToo() throws Exception {
        station.dropReady("dropped", Map.of("prompt.txt", "Dropped into a host"));

        await().atMost(Station.PATIENCE).until(() -> Files.exists(station.video("dropped")));
    }

    @Test
    void aMapIsARequest() throws Exception {
        String id = template.requestBody(SUBMIT, Map.of("prompt", "As a map", "bundle", Map.of("name", "mapped")), String.class);

        assertThat(station.awaitPosted("As a map").json()).isEqualTo(Json.mapper().readTree("""
                {"model": "seedance-2-0-text-to-video", "prompt": "As a map", "duration": "5s", "aspect_ratio": "16:9"}"""));
        JsonNode event = awaitEvent(id);
        assertThat(event.path("type").asText()).isEqualTo("delivered");
        assertThat(station.video("mapped")).isNotEmptyFile();
    }

    @Test
    void aStreamIsARequest() {
        template.requestBody(SUBMIT, new ByteArrayInputStream("{\"prompt\": \"As a stream\"}".getBytes(StandardCharsets.UTF_8)), String.class);

        assertThat(station.awaitPosted("As a stream").json().path("prompt").asText()).isEqualTo("As a stream");
        assertThatThrownBy(() -> template.requestBody(SUBMIT, InputStream.nullInputStream(), String.class))
                .hasRootCauseInstanceOf(JobNotDeliveredException.class).rootCause().hasMessageContaining("request.json");
    }

    @Test
    void aStreamWithoutAnEndIsRefused() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return ' ';
            }

            @Override
            public int read(byte[] bytes, int from, int length) {
                Arrays.fill(bytes, from, from + length, (byte) ' ');
                return length;
            }
        };

        assertThatThrownBy(() -> template.requestBody(SUBMIT, endless, String.class))
                .hasRootCauseInstanceOf(IllegalArgumentException.class).rootCause().hasMessageContaining("64 MB");
    }

    @Test
    void aJsonTextIsARequest() {
        template.requestBody(SUBMIT, "{\"model\": \"wan-2-7-text-to-video\", \"prompt\": \"As text\", \"duration\": \"2s\"}",
                String.class);

        assertThat(station.awaitPosted("As text").json().path("model").asText()).isEqualTo("wan-2-7-text-to-video");
    }

    @Test
    void aPathIsABundleAndStaysWhereItIs() throws Exception {
        Path bundle = Files.createDirectories(folder.resolve("elsewhere/gondola"));
        Files.writeString(bundle.resolve("prompt.txt"), "As a path");
        Files.write(bundle.resolve("image.png"), png("as a path"));

        String id = template.requestBody(SUBMIT, bundle, String.class);

        assertThat(station.awaitPosted("As a path").json().path("model").asText())
                .isEqualTo("seedance-2-0-image-to-video");
        assertThat(awaitEvent(id).path("bundle").asText()).isEqualTo("gondola");
        assertThat(bundle.resolve("image.png")).exists();
    }

    @Test
    void aReferenceThatIsKnownAnswersWithTheSameJob() {
        String first = submit("Referenced", "order-17");
        awaitEvent(first);
        String second = submit("Referenced", "order-17");
        String other = submit("Referenced otherwise", "order-18");
        awaitEvent(other);

        assertThat(second).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
        assertThat(station.posted("Referenced")).hasSize(1);
        assertThat(station.ledger(context).jobs().findByReference("order-17").orElseThrow().id()).isEqualTo(first);
    }

    @Test
    void aRequestThatCannotBeUsedIsAnExceptionThatSaysAllThatIsWrong() {
        assertThatThrownBy(() -> template.requestBody(SUBMIT, Map.of("promt", "Misspelt", "duration", 5.5), String.class))
                .isInstanceOf(CamelExecutionException.class).cause()
                .isInstanceOf(JobNotDeliveredException.class)
                .hasMessageContaining("promt").hasMessageContaining("Did you mean prompt").hasMessageContaining("5.5");
    }

    @Test
    void aBodyThatIsNoRequestIsRefusedAndLeavesNothingBehind() throws Exception {
        int before = station.ledger(context).jobs().all().size();

        assertThatThrownBy(() -> template.requestBody(SUBMIT, 17)).cause().hasMessageContaining("a Map, JSON text");
        assertThatThrownBy(() -> template.requestBody(SUBMIT, Path.of("/nowhere/at/all"))).cause()
                .hasMessageContaining("There is no bundle at /nowhere/at/all");

        assertThat(station.ledger(context).jobs().all()).hasSize(before);
        try (Stream<Path> work = Files.list(station.home().resolve(".work"))) {
            assertThat(work).allMatch(found -> station.ledger(context).jobs().find(found.getFileName().toString()).isPresent());
        }
    }

    @Test
    void generateAnswersWithTheFinishedFile() {
        File video = template.requestBody(GENERATE, Map.of("prompt", "Generated"), File.class);

        assertThat(video).hasExtension("mp4").isNotEmpty();
        assertThat(video.toPath()).startsWith(station.home().resolve("videos"));
    }

    @Test
    void generateGivesUpWhenItsTimeIsOverAndTheJobGoesOn() {
        station.sandbox().faults().every(Call.RETRIEVE, Fault.json(200, "{\"status\": \"PROCESSING\"}"));

        assertThatThrownBy(() -> template.requestBodyAndHeader(GENERATE, Map.of("prompt", "Too late"),
                "VeniceVideoTimeout", 400L)).cause()
                .isInstanceOfSatisfying(JobNotDeliveredException.class, late -> {
                    assertThat(late.state().isFinal()).isFalse();
                    assertThat(late).hasMessageContaining(late.jobId()).hasMessageContaining("is " + late.state());
                });
        station.sandbox().faults().clear();

        String id = station.ledger(context).jobs().all().stream()
                .filter(job -> job.request().fields().path("prompt").asText().equals("Too late"))
                .findFirst().orElseThrow().id();
        assertThat(awaitEvent(id).path("type").asText()).isEqualTo("delivered");
    }

    @Test
    void generateThrowsWhenTheJobFails() {
        assertThatThrownBy(() -> template.requestBody(GENERATE, Map.of("prompt", "Refused", "resolution", "1p"))).cause()
                .isInstanceOf(JobNotDeliveredException.class).hasMessageContaining("resolution");
    }

    @Test
    void generateThrowsWhenTheJobWaitsForAPerson() {
        station.sandbox().faults().next(1, Call.QUEUE, Fault.error(500));

        assertThatThrownBy(() -> template.requestBody(GENERATE, Map.of("prompt", "In doubt"))).cause()
                .isInstanceOf(JobNotDeliveredException.class).hasMessageContaining("may have been accepted");

        JsonNode event = awaitEvent(station.ledger(context).jobs().all().stream()
                .filter(job -> job.request().fields().path("prompt").asText().equals("In doubt"))
                .findFirst().orElseThrow().id());
        assertThat(event.path("type").asText()).isEqualTo("parked");
        assertThat(event.path("reason").asText()).isEqualTo("in-doubt");
    }

    @Test
    void eachEndIsToldOnceWithAnIdOfItsOwn() {
        String first = submit("First told", "told-1");
        String second = submit("Second told", "told-2");
        JsonNode one = awaitEvent(first);
        JsonNode two = awaitEvent(second);

        assertThat(one.path("event_id").asText()).isNotEmpty().isNotEqualTo(two.path("event_id").asText());
        assertThat(one.path("reference").asText()).isEqualTo("told-1");
        assertThat(one.at("/delivered_to/0/location").asText()).endsWith(".mp4");
        await().during(Duration.ofMillis(300)).atMost(Station.PATIENCE).until(() -> events(first).size() == 1);
    }

    @Test
    void withoutAKeyThereIsNothingToAdd() throws Exception {
        try (DefaultCamelContext other = new DefaultCamelContext()) {
            Map<String, String> settings = station.settings();
            settings.put("venice.api.key", "");
            settings.put("venice.home", folder.resolve("other").toString());

            assertThatThrownBy(() -> VeniceVideo.addTo(other, settings))
                    .isInstanceOf(InvalidSettingException.class).hasMessageContaining("venice.api.key is missing");
            assertThat(folder.resolve("other")).doesNotExist();
        }
    }

    @Test
    void aSecondProgramOnTheSameHomeIsRefusedWithASentence() throws Exception {
        try (DefaultCamelContext other = new DefaultCamelContext()) {
            assertThatThrownBy(() -> VeniceVideo.addTo(other, station.settings()))
                    .hasMessageContaining("Another program is using the ledger").hasMessageContaining("venice.home");
        }
    }

    private static String submit(String prompt, String reference) {
        return template.requestBodyAndHeader(SUBMIT, Map.of("prompt", prompt), "VeniceVideoReference", reference,
                String.class);
    }

    private static JsonNode awaitEvent(String jobId) {
        return await("an event of " + jobId).atMost(Station.PATIENCE).until(() -> events(jobId), told -> !told.isEmpty())
                .get(0);
    }

    private static List<JsonNode> events(String jobId) {
        return EVENTS.stream().map(HostTest::parse).filter(event -> event.path("job_id").asText().equals(jobId)).toList();
    }

    private static JsonNode parse(String event) {
        try {
            return Json.mapper().readTree(event);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
