package io.github.venicevideo.intake.source;

import io.github.venicevideo.home.drop.Source;
import io.github.venicevideo.intake.Entrance;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.KafkaManualCommit;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Reads Kafka records. Only loaded where there is a source of them, since their jars are not packaged. */
final class KafkaRecords {

    private static final Pattern POSITION = Pattern.compile(".+/\\d+/\\d+@-?\\d+");

    private KafkaRecords() {
    }

    /** What a consumer brought, with the reference that its producer gave it, or else its place in its topic. */
    static TopicRecord read(Source source, Exchange exchange) {
        Message message = exchange.getMessage();
        String reference = "source:" + source.name() + ":" + given(message).orElseGet(() -> position(message));
        KafkaManualCommit commit = message.getHeader(KafkaConstants.MANUAL_COMMIT, KafkaManualCommit.class);
        return new TopicRecord(source.name(), reference, Optional.ofNullable(message.getBody(byte[].class)), commit::commit);
    }

    /** A name that reads like a place in a topic must not be taken for one. */
    private static Optional<String> given(Message message) {
        return Optional.ofNullable(message.getHeader(KafkaConstants.HEADERS, Headers.class).lastHeader(Entrance.REFERENCE))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8))
                .filter(name -> !name.isEmpty())
                .map(name -> POSITION.matcher(name).matches() ? GivenReference.hashed(name) : GivenReference.of(name));
    }

    /** With the record's time, since in a topic that was made anew the offsets begin anew. */
    private static String position(Message message) {
        return message.getHeader(KafkaConstants.TOPIC) + "/" + message.getHeader(KafkaConstants.PARTITION) + "/"
                + message.getHeader(KafkaConstants.OFFSET) + "@" + message.getHeader(KafkaConstants.TIMESTAMP);
    }
}
