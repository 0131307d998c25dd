package io.github.venicevideo.intake.source;

import io.github.venicevideo.api.InvalidSettingException;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;

/**
 * Makes the component that one source of Kafka records is read with: set up as the context's own is, but with consumers of
 * ours, which a host's routes must not get. Only loaded where there is such a source.
 */
final class KafkaTopics {

    private KafkaTopics() {
    }

    /**
     * Adds it under this scheme.
     *
     * @throws InvalidSettingException when neither the URI nor the context's component says which broker, and as which group
     */
    static void add(CamelContext context, String scheme, SourceUri uri, TopicConsumers consumers) {
        KafkaComponent theirs = context.getComponent("kafka", KafkaComponent.class);
        KafkaConfiguration known = theirs.getConfiguration().copy();
        if (known.getBrokers() == null && uri.isWithout("brokers")) {
            throw uri.refused("an option brokers=HOST:PORT");
        }
        if (known.getGroupId() == null && uri.isWithout("groupId")) {
            throw uri.refused("an option groupId=NAME, since it is by its group that a broker knows what was taken");
        }
        // What a host's own routes begin with would have our consumers pass records over.
        known.setSeekTo(null);
        known.setOffsetRepository(null);
        KafkaComponent ours = new KafkaComponent(context);
        ours.setAutowiredEnabled(false);
        ours.setConfiguration(known);
        ours.setUseGlobalSslContextParameters(theirs.isUseGlobalSslContextParameters());
        ours.setHealthCheckConsumerEnabled(false);
        ours.setKafkaClientFactory(consumers);
        context.addComponent(scheme, ours);
    }
}
