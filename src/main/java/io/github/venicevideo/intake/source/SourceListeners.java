package io.github.venicevideo.intake.source;

import io.github.venicevideo.home.drop.Source;
import org.apache.camel.component.jms.JmsEndpoint;
import org.apache.camel.component.jms.MessageListenerContainerFactory;
import org.springframework.jms.listener.AbstractMessageListenerContainer;

/** Gives the consumer of one source its listener. */
final class SourceListeners implements MessageListenerContainerFactory {

    private final Source source;
    private final SourceWatch watch;

    SourceListeners(Source source, SourceWatch watch) {
        this.source = source;
        this.watch = watch;
    }

    @Override
    public AbstractMessageListenerContainer createMessageListenerContainer(JmsEndpoint endpoint) {
        return new SourceListener(endpoint, source, watch);
    }
}
