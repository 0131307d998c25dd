package io.github.venicevideo.intake.source;

import io.github.venicevideo.home.drop.Source;
import io.github.venicevideo.venice.Backoff;
import io.github.venicevideo.venice.endpoint.Sentences;
import java.time.Clock;
import java.util.Properties;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Gives Camel's consumer of one source its Kafka consumers. */
final class TopicConsumers extends DefaultKafkaClientFactory {

    private final Source source;
    private final SourceWatch watch;
    private final Backoff backoff;
    private final Clock clock;

    TopicConsumers(Source source, SourceWatch watch, Backoff backoff, Clock clock) {
        this.source = source;
        this.watch = watch;
        this.backoff = backoff;
        this.clock = clock;
    }

    /** @throws KafkaException without a cause, since that may tell what the URI keeps secret; Camel tries again */
    @Override
    public Consumer<byte[], byte[]> getConsumer(Properties given) {
        Properties properties = new Properties();
        properties.putAll(given);
        // Whatever else is set: these are what the promise stands on.
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1");
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        try {
            return new TopicConsumer(properties, source, watch, backoff, clock);
        } catch (RuntimeException e) {
            watch.failed(source, e);
            throw new KafkaException(Sentences.of(e, source.uri()));
        }
    }
}
