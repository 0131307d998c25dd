package io.github.venicevideo.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.status.Status;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.venice.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the packaged logging makes of texts that would forge a line, or have a terminal do something. */
class ShownLogTest {

    private static final String HOSTILE = "gondola\r\n12:00:00 INFO  all is paid\u001b[2J\u009b1A\u202emoc\u2028\u2066\u0000\ud800 \u200e\t.";

    @ParameterizedTest
    @ValueSource(strings = {"logback.xml", "logback-command.xml"})
    void aMessageIsOneLineOfPlainCharacters(String file) throws Exception {
        String line = logged(file, event(null, HOSTILE));

        assertThat(line).endsWith("gondola\\r\\n12:00:00 INFO  all is paid\\u001B[2J\\u009B1A\\u202Emoc\\u2028\\u2066\\u0000\\uD800 \\u200E\\t."
                + System.lineSeparator());
        assertThat(line.strip().chars()).noneMatch(Character::isISOControl);
    }

    @ParameterizedTest
    @ValueSource(strings = {"logback.xml", "logback-command.xml"})
    void soIsTheMessageOfAnException(String file) throws Exception {
        IOException failure = new IOException(HOSTILE, new IllegalStateException(HOSTILE));
        failure.addSuppressed(new IOException(HOSTILE));

        assertThat(logged(file, event(failure, "it failed")).lines()).filteredOn(line -> line.contains("all is paid")).hasSize(3)
                .allSatisfy(line -> assertThat(line).contains("gondola\\r\\n12:00:00"))
                .allSatisfy(line -> assertThat(line.strip().chars()).noneMatch(Character::isISOControl));
        assertThat(logged(file, event(failure, "it failed"))).contains("\tat " + ShownLogTest.class.getName());
    }

    @Test
    void aLineOfJsonHoldsTheSameTexts() throws Exception {
        IOException failure = new IOException(HOSTILE);
        LoggingEvent event = event(failure, "{} failed for " + HOSTILE, "a-secret-of-its-own-field\u202e");
        event.setMDCPropertyMap(Map.of("job", "20261122-181729-23ce26zc", "breadcrumbId", "x"));
        String line = logged("logback.xml", "json", event);

        assertThat(line).endsWith("\n").isEqualTo(line.strip() + "\n");
        assertThat(line.strip().codePoints()).noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
        JsonNode json = Json.mapper().readTree(line);
        assertThat(json.fieldNames()).toIterable().containsExactly("timestamp", "level", "logger", "thread", "job", "message", "exception");
        assertThat(Instant.parse(json.path("timestamp").asText())).isEqualTo(event.getInstant());
        assertThat(json.path("level").asText()).isEqualTo("ERROR");
        assertThat(json.path("job").asText()).isEqualTo("20261122-181729-23ce26zc");
        assertThat(json.path("message").asText()).contains("failed for gondola\\r\\n12:00:00").contains("field\\u202E");
        assertThat(json.path("exception").asText().lines()).filteredOn(each -> each.contains("all is paid")).hasSize(1);
        assertThat(json.path("exception").asText()).contains("\tat " + ShownLogTest.class.getName());
    }

    @Test
    void whatPeopleWriteStaysAsItIs() throws Exception {
        String name = "Göndola am Morgen – 朝のゴンドラ 👩‍🎨 می‌خواهم";

        assertThat(logged("logback.xml", event(null, name))).endsWith(name + System.lineSeparator())
                .matches("(?s)\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(Z|[+-]\\d\\d:\\d\\d) ERROR .*");
    }

    private static LoggingEvent event(Throwable failure, String message, Object... arguments) {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        return new LoggingEvent("", context.getLogger("test"), Level.ERROR, message, failure, arguments);
    }

    private static String logged(String file, LoggingEvent event) throws Exception {
        return logged(file, "text", event);
    }

    private static String logged(String file, String format, LoggingEvent event) throws Exception {
        LoggerContext context = new LoggerContext();
        context.putProperty("logback.venice-video", format);
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(ShownLogTest.class.getResource("/venice-video/" + file));
        ConsoleAppender<ILoggingEvent> console = (ConsoleAppender<ILoggingEvent>) context
                .getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getAppender("console");
        assertThat(context.getStatusManager().getCopyOfStatusList()).as("what Logback would print")
                .noneMatch(status -> status.getEffectiveLevel() >= Status.WARN);
        try {
            return new String(console.getEncoder().encode(event), StandardCharsets.UTF_8);
        } finally {
            context.stop();
        }
    }
}
