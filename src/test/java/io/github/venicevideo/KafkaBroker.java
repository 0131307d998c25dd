package io.github.venicevideo;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** A Kafka broker on this machine, controller and all, and what others do with it: send, read, and look at offsets. */
public final class KafkaBroker implements AutoCloseable {

    private static final long SECONDS = 30;
    private static final int NODE = 1;
    private static final int LARGEST = 80 * 1024 * 1024;

    private final int port;
    private final KafkaRaftServer server;

    private KafkaBroker(int port, KafkaRaftServer server) {
        this.port = port;
        this.server = server;
    }

    public static KafkaBroker start(Path folder) throws Exception {
        return start(folder, freePort());
    }

    /** Starts one where another was before, with what that one had. */
    public static KafkaBroker start(Path folder, int port) throws Exception {
        new Formatter().setPrintStream(new PrintStream(OutputStream.nullOutputStream())).setIgnoreFormatted(true)
                .setNodeId(NODE).setClusterId("bm90LWEtY2x1c3Rlcl8xMQ").setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setControllerListenerName("CONTROLLER").setMetadataLogDirectory(folder.toString())
                .addDirectory(folder.toString()).run();
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties(folder, port)), Time.SYSTEM);
        server.startup();
        return new KafkaBroker(port, server);
    }

    private static Properties properties(Path folder, int port) throws IOException {
        int controller = freePort();
        Properties properties = new Properties();
        properties.putAll(Map.of("process.roles", "broker,controller",
                "node.id", String.valueOf(NODE),
                "log.dirs", folder.toString(),
                "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller,
                "controller.listener.names", "CONTROLLER",
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "controller.quorum.voters", NODE + "@127.0.0.1:" + controller));
        properties.putAll(Map.of("offsets.topic.replication.factor", "1", "offsets.topic.num.partitions", "1",
                "transaction.state.log.replication.factor", "1", "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "1", "group.initial.rebalance.delay.ms", "0",
                "message.max.bytes", String.valueOf(LARGEST)));
        properties.putAll(Map.of("log.cleaner.enable", "false", "controlled.shutdown.enable", "true",
                "num.network.threads", "1", "num.io.threads", "2", "background.threads", "1"));
        return properties;
    }

    /** Where no broker is yet. */
    public static int freePort() throws IOException {
        return FreePort.take();
    }

    public int port() {
        return port;
    }

    public String address() {
        return "127.0.0.1:" + port;
    }

    /** The endpoint of a topic for a program that has nothing but settings. */
    public String endpoint(String topic) {
        return endpoint(port, topic);
    }

    /** The same of a broker that may not be there yet. */
    public static String endpoint(int port, String topic) {
        return "kafka:" + topic + "?brokers=127.0.0.1:" + port + "&groupId=" + topic
                + "&pollTimeoutMs=100&metadataMaxAgeMs=500";
    }

    /** Makes a topic with so many partitions. */
    public KafkaBroker topic(String name, int partitions) throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get(SECONDS, TimeUnit.SECONDS);
        }
        return this;
    }

    public void removeTopic(String name) throws Exception {
        try (Admin admin = admin()) {
            admin.deleteTopics(List.of(name)).all().get(SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Sends a text with these headers to a topic's first partition. */
    public RecordMetadata send(String topic, String value, Map<String, String> headers) throws Exception {
        return send(topic, 0, value.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** @param value may be null, which makes it a tombstone */
    public RecordMetadata send(String topic, int partition, byte[] value, Map<String, String> headers) throws Exception {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, partition, new byte[] {1}, value);
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(Map.of("bootstrap.servers", address(),
                "max.request.size", LARGEST, "buffer.memory", (long) 2 * LARGEST),
                new ByteArraySerializer(), new ByteArraySerializer())) {
            return producer.send(record).get(SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Up to which record a partition has been committed by the group of {@link #endpoint(String)}, which is named like its topic. */
    public long committed(String topic, int partition) throws Exception {
        return committed(topic, topic, partition);
    }

    /** The same by a group of another name. */
    public long committed(String group, String topic, int partition) throws Exception {
        try (Admin admin = admin()) {
            OffsetAndMetadata offset = admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata()
                    .get(SECONDS, TimeUnit.SECONDS).get(new TopicPartition(topic, partition));
            return offset == null ? 0 : offset.offset();
        }
    }

    /** The same of its first partition. */
    public long committed(String topic) throws Exception {
        return committed(topic, 0);
    }

    /** Takes away what the group of a topic has committed, once its last member has left. */
    public void forget(String topic) throws Exception {
        try (Admin admin = admin()) {
            await().atMost(Station.PATIENCE).ignoreExceptionsMatching(e -> e.getCause() instanceof GroupNotEmptyException)
                    .until(() -> admin.deleteConsumerGroups(List.of(topic)).all().get(SECONDS, TimeUnit.SECONDS) == null);
        }
    }

    /** What the members of a topic's group are called. */
    public List<String> members(String topic) throws Exception {
        try (Admin admin = admin()) {
            return admin.describeConsumerGroups(List.of(topic)).all().get(SECONDS, TimeUnit.SECONDS).get(topic).members()
                    .stream().map(MemberDescription::consumerId).toList();
        }
    }

    /** A reader from the beginning of a topic, outside of any group. */
    public KafkaConsumer<byte[], byte[]> reader(String topic) {
        KafkaConsumer<byte[], byte[]> reader = new KafkaConsumer<>(Map.of("bootstrap.servers", address()),
                new ByteArrayDeserializer(), new ByteArrayDeserializer());
        TopicPartition partition = new TopicPartition(topic, 0);
        reader.assign(List.of(partition));
        reader.seekToBeginning(List.of(partition));
        return reader;
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", address()));
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
