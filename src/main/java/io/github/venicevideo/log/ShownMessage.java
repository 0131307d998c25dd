package io.github.venicevideo.log;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.github.venicevideo.home.ShownNames;

/** An event's message as one line, with what is not to be written as it is spelled out. */
public final class ShownMessage extends MessageConverter {

    @Override
    public String convert(ILoggingEvent event) {
        return ShownNames.spelled(super.convert(event));
    }
}
