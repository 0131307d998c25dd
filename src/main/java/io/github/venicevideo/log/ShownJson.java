package io.github.venicevideo.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.home.ShownNames;
import io.github.venicevideo.venice.Json;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * An event as one line of JSON: {@code timestamp} (UTC), {@code level}, {@code logger}, {@code thread}, {@code message}, and where
 * there is one {@code job} and {@code exception}. Texts are spelled as in the other log, so that they do nothing to whoever prints
 * them. Logback's own encoder would write the arguments of a message as they came.
 */
public final class ShownJson extends EncoderBase<ILoggingEvent> {

    private static final byte[] NONE = {};

    private final ShownFailure failure = new ShownFailure();

    @Override
    public void start() {
        failure.start();
        super.start();
    }

    @Override
    public byte[] headerBytes() {
        return NONE;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        ObjectNode line = Json.mapper().createObjectNode();
        line.put("timestamp", event.getInstant().toString()).put("level", event.getLevel().toString())
                .put("logger", event.getLoggerName()).put("thread", event.getThreadName());
        Optional.ofNullable(event.getMDCPropertyMap().get("job")).ifPresent(job -> line.put("job", ShownNames.spelled(job)));
        line.put("message", ShownNames.spelled(event.getFormattedMessage()));
        if (event.getThrowableProxy() != null) {
            line.put("exception", failure.convert(event));
        }
        try {
            return (Json.mapper().writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts can be written as JSON", e);
        }
    }

    @Override
    public byte[] footerBytes() {
        return NONE;
    }
}
