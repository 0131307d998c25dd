package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.api.InvalidSettingException;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.ledger.job.Job;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.component.kafka.SeekPolicy;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests from a real Kafka broker: recorded once, and committed only then. */
@Order(1)
@Timeout(300)
class KafkaSourceTest {

    private static final Map<String, String> NO_HEADERS = Map.of();

    @TempDir
    private static Path logs;
    private static KafkaBroker broker;
    private static int topics;

    @TempDir
    private Path folder;
    private String topic;
    private Station station;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = KafkaBroker.start(logs);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void start() throws Exception {
        topic = "bundles" + topics++;
        broker.topic(topic, 2);
        station = Station.quick(folder).with("venice.drop.sources", "orders")
                .with("venice.drop.sources.orders", broker.endpoint(topic));
    }

    @AfterEach
    void stop() throws Exception {
        station.close();
    }

    @Test
    void whatLiesThereAndWhatComesBecomesVideosAndTheSameReferenceOneJob() throws Exception {
        broker.send(topic, "{\"prompt\": \"A canal\", \"bundle\": {\"name\": \"canal\"}}",
                Map.of("VeniceVideoReference", "order-1", "CamelFileName", "elsewhere", "venice_header", "from outside"));
        station.startImpatient();
        JsonNode canal = done("source:orders:order-1");
        broker.send(topic, 1, bytes("{\"prompt\": \"A canal\"}"), Map.of("VeniceVideoReference", "order-1"));
        long time = broker.send(topic, "{\"prompt\": \"A quay\"}", NO_HEADERS).timestamp();
        // A name that reads like the place of another record takes nothing from it.
        broker.send(topic, "{\"prompt\": \"A bridge\"}", Map.of("VeniceVideoReference", topic + "/0/1@" + time));

        awaitCommitted(3, 1);
        List<Job> jobs = station.awaitQuiet();

        assertThat(canal.path("state").asText()).isEqualTo("delivered");
        assertThat(station.video("canal")).exists();
        assertThat(jobs).hasSize(3).allMatch(job -> job.state() == JobState.DELIVERED);
        assertThat(jobs).extracting(job -> job.reference().orElseThrow()).contains("source:orders:" + topic + "/0/1@" + time)
                .anyMatch(reference -> reference.startsWith("source:orders:sha256-"));
        assertThat(station.posted("A canal")).hasSize(1);
    }

    @Test
    void whatCannotBeReadFailsWithItsContentAndBlocksNothing() throws Exception {
        byte[] noJson = {(byte) 0xff, 0, (byte) 0xfe};
        broker.send(topic, "{\"prompt\": ", Map.of("VeniceVideoReference", "broken"));
        broker.send(topic, 0, noJson, Map.of("VeniceVideoReference", "bytes"));
        broker.send(topic, "", Map.of("VeniceVideoReference", "empty"));
        broker.send(topic, 0, null, Map.of("VeniceVideoReference", "tombstone"));
        broker.send(topic, "{\"prompt\": \"A quay\"}", Map.of("VeniceVideoReference", "quay"));
        station.startImpatient();

        done("source:orders:quay");
        awaitCommitted(5, 0);
        List<Job> jobs = station.awaitQuiet();

        assertThat(jobs).hasSize(4).filteredOn(job -> job.state() == JobState.FAILED).hasSize(3)
                .allMatch(job -> job.reason().orElseThrow().equals("invalid-bundle"));
        assertThat(content("source:orders:broken")).asString().isEqualTo("{\"prompt\": ");
        assertThat(content("source:orders:bytes")).isEqualTo(noJson);
        assertThat(content("source:orders:empty")).isEmpty();
        assertThat(station.ledger().jobs().findByReference("source:orders:tombstone")).isEmpty();
        assertThat(station.sandbox().accepted()).hasSize(1);
    }

    @Test
    @Tag("soak")
    void whatIsLargerThanAManifestMayBeFailsToo() throws Exception {
        byte[] large = new byte[65 * 1024 * 1024];
        broker.send(topic, 0, large, Map.of("VeniceVideoReference", "large"));
        station.startImpatient();

        awaitCommitted(1, 0);
        Job job = station.awaitQuiet().get(0);

        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(content("source:orders:large")).hasSameSizeAs(large);
    }

    @Test
    void aRecordThatCannotBeRecordedHoldsUpItsPartitionOnlyAndIsThenRecordedOnce() throws Exception {
        OneReader reader = new OneReader("place-record");
        DefaultCamelContext context = new DefaultCamelContext();
        context.getCamelContextExtension().addInterceptStrategy(reader);
        station.startImpatient(context);
        await().atMost(Station.PATIENCE).until(() -> !broker.members(topic).isEmpty());
        List<String> members = broker.members(topic);
        try (Connection other = ledgerFile(); Statement sql = other.createStatement()) {
            sql.execute("CREATE TRIGGER full BEFORE INSERT ON job WHEN NEW.reference LIKE '%/0/%'"
                    + " BEGIN SELECT RAISE(ABORT, 'disk full'); END");
            broker.send(topic, "{\"prompt\": \"A canal\"}", NO_HEADERS);
            broker.send(topic, "{\"prompt\": \"A quay\"}", NO_HEADERS);
            await().atMost(Station.PATIENCE).until(() -> reader.holds() && workFolders() == 1);
            int before = reader.looks();
            await().atMost(Station.PATIENCE).until(() -> reader.looks() > before + 2);
            broker.send(topic, 1, bytes("{\"prompt\": \"A bridge\"}"), Map.of("VeniceVideoReference", "bridge"));
            done("source:orders:bridge");
            awaitCommitted(0, 1);
            assertThat(broker.members(topic)).as("it was polled all the time").isEqualTo(members);
            assertThat(workFolders()).as("one folder, however often it is tried").isEqualTo(1);
            sql.execute("DROP TRIGGER full");
        }
        reader.letGo();

        awaitCommitted(2, 1);
        assertThat(station.awaitQuiet()).hasSize(3).allMatch(job -> job.state() == JobState.DELIVERED);
        assertThat(reader.most()).as("readers of one work folder at once").isEqualTo(1);
        assertThat(station.posted("A canal")).hasSize(1);
    }

    @Test
    void aRecordThatIsHeldComesAgainAfterAStop() throws Exception {
        station.startImpatient();
        try (Connection other = ledgerFile(); Statement sql = other.createStatement()) {
            sql.execute("CREATE TRIGGER full BEFORE INSERT ON job BEGIN SELECT RAISE(ABORT, 'disk full'); END");
            broker.send(topic, "{\"prompt\": \"A canal\"}", NO_HEADERS);
            await().atMost(Station.PATIENCE).until(() -> workFolders() == 1);
            station.stop();
            sql.execute("DROP TRIGGER full");
        }
        assertThat(broker.committed(topic)).isZero();

        station.startImpatient();

        awaitCommitted(1, 0);
        assertThat(station.awaitQuiet()).hasSize(1).allMatch(job -> job.state() == JobState.DELIVERED);
        assertThat(station.posted("A canal")).hasSize(1);
    }

    @Test
    void offsetsThatAreSetBackBringNothingTwiceAndATopicMadeAnewBringsAllThatIsNew() throws Exception {
        broker.send(topic, "{\"prompt\": \"A canal\"}", NO_HEADERS);
        station.with("venice.drop.sources.orders", broker.endpoint(topic)).startImpatient();
        awaitCommitted(1, 0);
        station.awaitQuiet();
        station.stop();
        broker.forget(topic);
        station.startImpatient();
        awaitCommitted(1, 0);
        assertThat(station.ledger().jobs().all()).hasSize(1);
        station.stop();
        broker.forget(topic);
        broker.removeTopic(topic);
        broker.topic(topic, 1);
        broker.send(topic, "{\"prompt\": \"A quay\"}", NO_HEADERS);

        station.startImpatient();

        awaitCommitted(1, 0);
        assertThat(station.awaitQuiet()).hasSize(2).allMatch(job -> job.state() == JobState.DELIVERED);
    }

    @Test
    void whereTheRoutesOfAHostBeginIsNotWhereASourceBegins() throws Exception {
        broker.send(topic, "{\"prompt\": \"A canal\"}", NO_HEADERS);
        DefaultCamelContext context = new DefaultCamelContext();
        KafkaConfiguration host = context.getComponent("kafka", KafkaComponent.class).getConfiguration();
        host.setSeekTo(SeekPolicy.END);

        station.startImpatient(context);

        awaitCommitted(1, 0);
        assertThat(host.getSeekTo()).isEqualTo(SeekPolicy.END);
    }

    @Test
    void aBrokerThatIsDownStopsNothingAndIsReadWhenItIsUpAgain() throws Exception {
        broker.close();
        try {
            station.startImpatient();
            station.dropReady("gondola", Map.of("prompt.txt", "A gondola at dawn"));
            station.awaitDone("gondola");
            await().atMost(Station.PATIENCE).until(() -> sources().getState() == HealthCheck.State.DOWN);
            assertThat(sources().getMessage().orElseThrow()).contains("orders").doesNotContain("null");
        } finally {
            broker = KafkaBroker.start(logs, broker.port());
        }
        broker.send(topic, "{\"prompt\": \"A canal\"}", Map.of("VeniceVideoReference", "order-1"));
        done("source:orders:order-1");
        await().atMost(Station.PATIENCE).until(() -> sources().getState() == HealthCheck.State.UP);

        broker.close();
        try {
            await().atMost(Station.PATIENCE).until(() -> sources().getState() == HealthCheck.State.DOWN);
        } finally {
            broker = KafkaBroker.start(logs, broker.port());
        }
        broker.send(topic, "{\"prompt\": \"A quay\"}", Map.of("VeniceVideoReference", "order-2"));
        done("source:orders:order-2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"autoCommitEnable=true", "allowManualCommit=false", "batching=true", "breakOnFirstError=true",
            "maxPollRecords=500", "pollOnError=DISCARD", "offsetRepository=#other", "seekTo=END", "groupId=",
            "valueDeserializer=java.lang.String", "saslJasConfig=hush"})
    void whatWouldCommitTooEarlyIsRefusedAndSoIsWhatCamelDoesNotKnow(String option) {
        String uri = "kafka:bundles?brokers=127.0.0.1:1&saslPassword=hush&" + option + (option.startsWith("groupId") ? ""
                : "&groupId=venice");
        assertThatThrownBy(() -> station.with("venice.drop.sources.orders", uri).start())
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("venice.drop.sources.orders").hasMessageContaining(option.substring(0, option.indexOf('=')))
                .hasMessageNotContaining("hush");
    }

    private HealthCheck.Result sources() {
        return HealthCheckRegistry.get(station.context()).getCheck("venice-sources").orElseThrow().call();
    }

    private void awaitCommitted(long first, long second) {
        await().atMost(Station.PATIENCE).until(() -> broker.committed(topic, 0) == first
                && broker.committed(topic, 1) == second);
    }

    private JsonNode done(String reference) {
        await().atMost(Station.PATIENCE).until(() -> station.ledger().jobs().findByReference(reference).isPresent());
        return station.awaitDone(station.ledger().jobs().findByReference(reference).orElseThrow().bundle());
    }

    private byte[] content(String reference) throws Exception {
        Job job = station.ledger().jobs().findByReference(reference).orElseThrow();
        return Files.readAllBytes(station.home().resolve("failed/" + job.bundle() + "/bundle/request.json"));
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

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
