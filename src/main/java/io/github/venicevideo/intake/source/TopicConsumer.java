package io.github.venicevideo.intake.source;

import io.github.venicevideo.home.drop.Source;
import io.github.venicevideo.venice.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Kafka's own consumer, which brings one record at a time, and brings it again when it was not committed by the next poll:
 * after a pause that grows, in which other partitions are read and the group sees it alive. It tells the watch how the
 * broker fares instead of the log.
 *
 * <p>Confined to its thread, as every Kafka consumer is.
 */
final class TopicConsumer extends KafkaConsumer<byte[], byte[]> {

    private static final Duration LOOK = Duration.ofSeconds(3);
    private static final Duration LEAVE = Duration.ofSeconds(1);

    private final Source source;
    private final SourceWatch watch;
    private final Backoff backoff;
    private final Clock clock;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final Map<TopicPartition, Held> held = new HashMap<>();
    private Collection<String> topics = List.of();
    private Optional<ConsumerRecord<byte[], byte[]>> inHand = Optional.empty();

    /** @param properties have it bring one record at a time, and commit nothing by itself */
    TopicConsumer(Properties properties, Source source, SourceWatch watch, Backoff backoff, Clock clock) {
        super(properties);
        this.source = source;
        this.watch = watch;
        this.backoff = backoff;
        this.clock = clock;
    }

    @Override
    public void subscribe(Collection<String> names, ConsumerRebalanceListener listener) {
        super.subscribe(names, listener);
        topics = names;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        try {
            holdWhatIsInHand();
            resumeWhatIsDue();
            if (!watch.isDue(source)) {
                await(timeout);
                return ConsumerRecords.empty();
            }
            ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
            records.forEach(record -> inHand = Optional.of(record));
            if (records.isEmpty()) {
                look();
            }
            watch.worked(source);
            return records;
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (TimeoutException e) {
            watch.failed(source, new KafkaException("No broker answers: " + e.getMessage()));
            return ConsumerRecords.empty();
        } catch (KafkaException e) {
            watch.failed(source, e);
            return ConsumerRecords.empty();
        }
    }

    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
        super.commitSync(offsets, timeout);
        offsets.keySet().forEach(held::remove);
        inHand = inHand.filter(record -> !offsets.containsKey(partitionOf(record)));
    }

    @Override
    public void close() {
        super.close(LEAVE);
    }

    private void holdWhatIsInHand() {
        inHand.filter(record -> assignment().contains(partitionOf(record))).ifPresent(record -> {
            TopicPartition partition = partitionOf(record);
            int tries = held.containsKey(partition) ? held.get(partition).tries() + 1 : 1;
            held.put(partition, new Held(tries, clock.instant().plus(backoff.after(tries, random))));
            seek(partition, record.offset());
            pause(List.of(partition));
        });
        inHand = Optional.empty();
    }

    private void resumeWhatIsDue() {
        held.keySet().retainAll(assignment());
        held.forEach((partition, pause) -> {
            if (backoff.isOver(pause.until(), clock.instant())) {
                resume(List.of(partition));
            }
        });
    }

    /** An empty poll does not tell a quiet topic from a broker that is down, or from a topic or a group that there is not. */
    private void look() {
        if (topics.isEmpty()) {
            listTopics(LOOK);
        }
        for (String topic : topics) {
            if (partitionsFor(topic, LOOK).isEmpty()) {
                throw new KafkaException("The broker has no topic " + topic);
            }
        }
        // What is known of topics is kept; what a group has committed is asked for every time.
        committed(topics.stream().map(topic -> new TopicPartition(topic, 0)).collect(Collectors.toSet()), LOOK);
    }

    private static void await(Duration timeout) {
        try {
            new CountDownLatch(1).await(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static TopicPartition partitionOf(ConsumerRecord<byte[], byte[]> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    private record Held(int tries, Instant until) {
    }
}
