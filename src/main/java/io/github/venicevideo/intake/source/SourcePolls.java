package io.github.venicevideo.intake.source;

import io.github.venicevideo.home.drop.Source;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.PollingConsumerPollStrategy;

/** Tells the watch how the polls of one source's consumer end. */
final class SourcePolls implements PollingConsumerPollStrategy {

    private final Source source;
    private final SourceWatch watch;

    SourcePolls(Source source, SourceWatch watch) {
        this.source = source;
        this.watch = watch;
    }

    @Override
    public boolean begin(Consumer consumer, Endpoint endpoint) {
        return watch.isDue(source);
    }

    @Override
    public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
        watch.worked(source);
    }

    @Override
    public boolean rollback(Consumer consumer, Endpoint endpoint, int retryCounter, Exception cause) {
        watch.failed(source, cause);
        return false;
    }
}
