package io.github.venicevideo.intake.source;

import io.github.venicevideo.home.drop.Source;
import jakarta.jms.Connection;
import jakarta.jms.Session;
import org.apache.camel.component.jms.DefaultJmsMessageListenerContainer;
import org.apache.camel.component.jms.JmsEndpoint;
import org.springframework.jms.support.JmsUtils;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.FixedBackOff;

/**
 * Camel's own listener, which tells the watch how it fares instead of the log: once that its broker is down, and not with
 * every try.
 */
final class SourceListener extends DefaultJmsMessageListenerContainer {

    private final Source source;
    private final SourceWatch watch;
    private final long pause;

    SourceListener(JmsEndpoint endpoint, Source source, SourceWatch watch) {
        super(endpoint);
        this.source = source;
        this.watch = watch;
        this.pause = endpoint.getRecoveryInterval();
    }

    @Override
    protected void messageReceived(Object invoker, Session session) {
        watch.worked(source);
        super.messageReceived(invoker, session);
    }

    @Override
    protected void noMessageReceived(Object invoker, Session session) {
        watch.worked(source);
        super.noMessageReceived(invoker, session);
    }

    @Override
    protected void handleListenerSetupFailure(Throwable cause, boolean alreadyRecovered) {
        boolean consequence = cause instanceof SharedConnectionNotInitializedException;
        if (isRunning() && !consequence) {
            watch.failed(source, cause);
        }
    }

    @Override
    protected void refreshConnectionUntilSuccessful() {
        BackOffExecution pauses = new FixedBackOff(pause, FixedBackOff.UNLIMITED_ATTEMPTS).start();
        while (isRunning() && !isConnected()) {
            applyBackOffTime(pauses);
        }
    }

    private boolean isConnected() {
        try {
            if (sharedConnectionEnabled()) {
                refreshSharedConnection();
            } else {
                Connection connection = createConnection();
                JmsUtils.closeConnection(connection);
            }
            return true;
        } catch (Exception e) {
            watch.failed(source, e);
            return false;
        }
    }
}
