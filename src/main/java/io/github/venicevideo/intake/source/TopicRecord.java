package io.github.venicevideo.intake.source;

import java.util.Optional;

/**
 * A record of a Kafka topic.
 *
 * @param source whose record it is
 * @param reference what it is known by when it comes again
 * @param content its value; none in a tombstone
 * @param commit says in its consumer group that it is taken, once the broker has said so too
 */
record TopicRecord(String source, String reference, Optional<byte[]> content, Runnable commit) {

    @Override
    public String toString() {
        return reference;
    }
}
