package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.api.InvalidSettingException;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.ledger.job.Job;
import jakarta.jms.JMSContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.event.ExchangeSendingEvent;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests from a real broker: recorded once, and acknowledged only then. */
@Timeout(300)
class JmsSourceTest {

    @TempDir
    private Path folder;
    private Broker broker;
    private Station station;

    @BeforeEach
    void start() throws Exception {
        broker = Broker.start();
        station = Station.quick(folder).with("venice.drop.sources", "orders")
                .with("venice.drop.sources.orders", Broker.endpoint(broker.address()));
    }

    @AfterEach
    void stop() throws Exception {
        station.close();
        broker.close();
    }

    @Test
    void textAndBytesBecomeVideosAndTheSameReferenceOneJob() throws Exception {
        Map<String, Object> headers = new HashMap<>();
        DefaultCamelContext context = new DefaultCamelContext();
        context.getManagementStrategy().addEventNotifier(headersAt("direct:venice-read-bundle", headers));
        broker.send("{\"prompt\": \"A canal\", \"bundle\": {\"name\": \"canal\"}}",
                Map.of("VeniceVideoReference", "order-1", "venice_header", "from outside",
                        "CAMELHTTPURI", "http://127.0.0.1:9/", "camelfilename", "elsewhere.mp4", "CamelHttpUri", "http://127.0.0.1:9/"));
        station.startImpatient(context);
        JsonNode canal = done("source:orders:order-1");
        broker.send("{\"prompt\": \"A canal\", \"bundle\": {\"name\": \"canal\"}}", Map.of("VeniceVideoReference", "order-1"));
        broker.send("{\"prompt\": \"A quay\"}".getBytes(StandardCharsets.UTF_8), Map.of());

        await().atMost(Station.PATIENCE).until(() -> station.ledger().jobs().all().size() == 2 && broker.held() == 0);
        List<Job> jobs = station.awaitQuiet();

        assertThat(canal.path("state").asText()).isEqualTo("delivered");
        assertThat(station.video("canal")).exists();
        assertThat(jobs).hasSize(2).allMatch(job -> job.state() == JobState.DELIVERED);
        assertThat(jobs).extracting(job -> job.reference().orElseThrow())
                .anyMatch(reference -> reference.startsWith("source:orders:ID:"));
        assertThat(station.posted("A canal")).hasSize(1);
        assertThat(headers).doesNotContainKeys("venice_header", "VeniceVideoReference", "JMSMessageID", "CAMELHTTPURI", "camelfilename",
                "CamelHttpUri");
    }

    @Test
    void whatCannotBeReadFailsWithItsContentAndIsAcknowledged() throws Exception {
        broker.send("{\"prompt\": ", Map.of("VeniceVideoReference", "broken"));
        broker.send("", Map.of("VeniceVideoReference", "empty"));
        broker.send(context -> context.createObjectMessage(new ArrayList<>(List.of("gadget"))),
                Map.of("VeniceVideoReference", "object"));
        broker.send(JMSContext::createMapMessage, Map.of("VeniceVideoReference", "map"));
        station.startImpatient();

        await().atMost(Station.PATIENCE).until(() -> station.ledger().jobs().all().size() == 4 && broker.held() == 0);
        List<Job> jobs = station.awaitQuiet();

        assertThat(jobs).allMatch(job -> job.state() == JobState.FAILED && job.reason().orElseThrow().equals("invalid-bundle"));
        assertThat(content("source:orders:broken")).isEqualTo("{\"prompt\": ");
        assertThat(content("source:orders:object")).contains("neither text nor bytes");
        assertThat(station.sandbox().accepted()).isEmpty();
    }

    @Test
    @Tag("soak")
    void whatIsLargerThanAManifestMayBeFailsToo() throws Exception {
        byte[] large = new byte[65 * 1024 * 1024];
        broker.send(large, Map.of("VeniceVideoReference", "large"));
        station.startImpatient();

        await().atMost(Station.PATIENCE).until(() -> station.ledger().jobs().all().size() == 1 && broker.held() == 0);
        Job job = station.awaitQuiet().get(0);

        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(Files.size(station.home().resolve("failed").resolve(job.bundle()).resolve("bundle/request.json")))
                .isEqualTo(large.length);
    }

    @Test
    void whileTheLedgerCannotBeWrittenAMessageIsHeldAndThenRecordedOnce() throws Exception {
        station.startImpatient();
        await().atMost(Station.PATIENCE).until(() -> station.ledger().jobs().all().isEmpty());
        try (Connection other = ledgerFile(); Statement sql = other.createStatement()) {
            sql.execute("CREATE TRIGGER full BEFORE INSERT ON job BEGIN SELECT RAISE(ABORT, 'disk full'); END");
            broker.send("{\"prompt\": \"A canal\"}", Map.of("VeniceVideoReference", "order-1"));
            await().atMost(Station.PATIENCE).until(() -> workFolders() > 0);
            assertThat(broker.held()).isEqualTo(1);
            assertThat(station.ledger().jobs().all()).isEmpty();
            sql.execute("DROP TRIGGER full");
        }

        await().atMost(Station.PATIENCE).until(() -> !station.ledger().jobs().all().isEmpty() && broker.held() == 0);
        assertThat(station.awaitQuiet()).hasSize(1).allMatch(job -> job.state() == JobState.DELIVERED);
    }

    @Test
    void aMessageThatWasRecordedOutOfTheWorkFolderMeanwhileIsAcknowledgedAtItsNextTry() throws Exception {
        station.with("venice.retry.initial-delay", "5s").with("venice.retry.max-delay", "5s").startImpatient();
        try (Connection other = ledgerFile(); Statement sql = other.createStatement()) {
            sql.execute("CREATE TRIGGER full BEFORE INSERT ON job BEGIN SELECT RAISE(ABORT, 'disk full'); END");
            broker.send("{\"prompt\": \"A canal\"}", Map.of("VeniceVideoReference", "order-1"));
            await().atMost(Station.PATIENCE).until(() -> workFolders() > 0);
            sql.execute("DROP TRIGGER full");
        }
        done("source:orders:order-1");
        await().atMost(Station.PATIENCE).until(() -> broker.held() == 0);
        broker.send("{\"prompt\": \"A quay\"}", Map.of("VeniceVideoReference", "order-2"));

        done("source:orders:order-2");

        assertThat(station.awaitQuiet()).hasSize(2).allMatch(job -> job.state() == JobState.DELIVERED);
        assertThat(station.posted("A canal")).hasSize(1);
    }

    @Test
    void aMessageThatIsHeldGoesBackWhenTheProgramStops() throws Exception {
        station.startImpatient();
        try (Connection other = ledgerFile(); Statement sql = other.createStatement()) {
            sql.execute("CREATE TRIGGER full BEFORE INSERT ON job BEGIN SELECT RAISE(ABORT, 'disk full'); END");
            broker.send("{\"prompt\": \"A canal\"}", Map.of("VeniceVideoReference", "order-1"));
            await().atMost(Station.PATIENCE).until(() -> workFolders() > 0);
            station.stop();
            sql.execute("DROP TRIGGER full");
        }
        assertThat(broker.held()).isEqualTo(1);

        station.startImpatient();

        await().atMost(Station.PATIENCE).until(() -> !station.ledger().jobs().all().isEmpty() && broker.held() == 0);
        assertThat(station.awaitQuiet()).hasSize(1).allMatch(job -> job.state() == JobState.DELIVERED);
    }

    @Test
    void aBrokerThatIsDownStopsNothingAndIsReadWhenItIsUpAgain() throws Exception {
        String address = broker.address();
        broker.close();
        station.startImpatient();
        station.dropReady("gondola", Map.of("prompt.txt", "A gondola at dawn"));
        station.awaitDone("gondola");
        await().atMost(Station.PATIENCE).until(() -> sources().getState() == HealthCheck.State.DOWN);
        assertThat(sources().getMessage().orElseThrow()).contains("orders").doesNotContain("null");

        broker = Broker.start(address);
        broker.send("{\"prompt\": \"A canal\"}", Map.of("VeniceVideoReference", "order-1"));
        done("source:orders:order-1");
        await().atMost(Station.PATIENCE).until(() -> sources().getState() == HealthCheck.State.UP);

        broker.close();
        await().atMost(Station.PATIENCE).until(() -> sources().getState() == HealthCheck.State.DOWN);
        broker = Broker.start(address);
        broker.send("{\"prompt\": \"A quay\"}", Map.of("VeniceVideoReference", "order-2"));
        done("source:orders:order-2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jms:queue:bundles?transacted=false&password=hush", "jms:queue:bundles?asyncConsumer=true&password=hush",
            "jms:queue:bundles?replyTo=other&password=hush", "jms:queue:bundles?mapJmsMessage=true&password=hush",
            "jms:queue:bundles?acknowledgementModeName=AUTO_ACKNOWLEDGE&password=hush", "jms:topic:bundles?password=hush"})
    void whatWouldAcknowledgeTooEarlyIsRefused(String uri) {
        assertThatThrownBy(() -> station.with("venice.drop.sources.orders", uri).start())
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("venice.drop.sources.orders").hasMessageNotContaining("hush");
    }

    private HealthCheck.Result sources() {
        return HealthCheckRegistry.get(station.context()).getCheck("venice-sources").orElseThrow().call();
    }

    private JsonNode done(String reference) throws Exception {
        await().atMost(Station.PATIENCE).until(() -> station.ledger().jobs().findByReference(reference).isPresent());
        String bundle = station.ledger().jobs().findByReference(reference).orElseThrow().bundle();
        return station.awaitDone(bundle);
    }

    private String content(String reference) throws Exception {
        Job job = station.ledger().jobs().findByReference(reference).orElseThrow();
        return station.text("failed/" + job.bundle() + "/bundle/request.json");
    }

    private long workFolders() throws Exception {
        try (Stream<Path> folders = Files.list(station.home().resolve(".work"))) {
            return folders.count();
        }
    }

    private Connection ledgerFile() throws Exception {
        try (Stream<Path> files = Files.list(station.home().resolve(".ledger"))) {
            Path file = files.filter(path -> path.toString().endsWith(".db")).findFirst().orElseThrow();
            return DriverManager.getConnection("jdbc:sqlite:" + file + "?busy_timeout=10000");
        }
    }

    private static SimpleEventNotifierSupport headersAt(String uri, Map<String, Object> headers) {
        return new SimpleEventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                if (event instanceof ExchangeSendingEvent sending && sending.getEndpoint().getEndpointUri().startsWith(
                        uri.replace("direct:", "direct://"))) {
                    headers.putAll(sending.getExchange().getMessage().getHeaders());
                }
            }
        };
    }
}
