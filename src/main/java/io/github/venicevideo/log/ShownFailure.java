package io.github.venicevideo.log;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import io.github.venicevideo.home.ShownNames;
import java.util.Optional;
import java.util.stream.Stream;

/** An event's exception, whose messages are one line each: they quote what others have sent. */
public final class ShownFailure extends ThrowableProxyConverter {

    @Override
    protected String throwableProxyToString(IThrowableProxy failure) {
        return super.throwableProxyToString(new Shown(failure));
    }

    private record Shown(IThrowableProxy failure) implements IThrowableProxy {

        @Override
        public String getMessage() {
            return Optional.ofNullable(failure.getMessage()).map(ShownNames::spelled).orElse(null);
        }

        @Override
        public String getOverridingMessage() {
            return Optional.ofNullable(failure.getOverridingMessage()).map(ShownNames::spelled).orElse(null);
        }

        @Override
        public String getClassName() {
            return failure.getClassName();
        }

        @Override
        public StackTraceElementProxy[] getStackTraceElementProxyArray() {
            return failure.getStackTraceElementProxyArray();
        }

        @Override
        public int getCommonFrames() {
            return failure.getCommonFrames();
        }

        @Override
        public IThrowableProxy getCause() {
            return Optional.ofNullable(failure.getCause()).map(Shown::new).orElse(null);
        }

        @Override
        public IThrowableProxy[] getSuppressed() {
            return Stream.of(failure.getSuppressed()).map(Shown::new).toArray(IThrowableProxy[]::new);
        }

        @Override
        public boolean isCyclic() {
            return failure.isCyclic();
        }
    }
}
