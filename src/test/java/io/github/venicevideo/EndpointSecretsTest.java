package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.github.venicevideo.api.InvalidSettingException;
import io.github.venicevideo.intake.source.SourceWatch;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Camel names an option that it does not know with its value; a secret under a misspelt name is told to nobody. */
@Timeout(300)
@ResourceLock("levels of loggers")
class EndpointSecretsTest {

    private static final String MISSPELT = "?accessKey=AK1&region=us-east-1&secretKey=RAW(an0ther)"
            + "&scretAcessKye=RAW(my-0wn-s3cret)";

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger ours = (Logger) LoggerFactory.getLogger("io.github.venicevideo");
    private final Level before = ours.getLevel();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage()
                    + Optional.ofNullable(event.getThrowableProxy()).map(ThrowableProxyUtil::asString).orElse(""));
        }
    };

    @TempDir
    private Path folder;

    @BeforeEach
    void listen() {
        appender.setContext(root.getLoggerContext());
        appender.start();
        root.addAppender(appender);
        ours.setLevel(Level.DEBUG);
    }

    @AfterEach
    void stop() {
        ours.setLevel(before);
        root.detachAppender(appender);
        appender.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"venice.staging.uri", "venice.drop.sources.inbox", "venice.destinations.archive"})
    void itIsRefusedAtTheStart(String setting) throws Exception {
        try (Station station = Station.quick(folder).with("venice.drop.sources", "inbox")
                .with("venice.drop.sources.inbox", "aws2-s3://inbox").with(setting, "aws2-s3://inbox" + MISSPELT)) {
            assertThatThrownBy(station::start).isInstanceOf(InvalidSettingException.class)
                    .hasMessageContaining(setting).hasMessageContaining("scretAcessKye")
                    .message().doesNotContain("my-0wn-s3cret");
        }
        assertThat(lines).noneMatch(line -> line.contains("my-0wn-s3cret"));
    }

    @Test
    void ofATopicAlsoInWhatKafkaSaysOfItself() throws Exception {
        Logger apache = (Logger) LoggerFactory.getLogger("org.apache");
        apache.setLevel(Level.INFO);
        String login = "kafka:bundles?brokers=127.0.0.1:1&groupId=venice&pollTimeoutMs=100&shutdownTimeout=500"
                + "&securityProtocol=SASL_SSL&saslMechanism=PLAIN&sslKeyPassword=my-0wn-s3cret&saslJaasConfig=RAW(org.apache.kafka.common.security.plain"
                + ".PlainLoginModule required username=\"venice\" password=\"my-0wn-s3cret\"";
        try (Station station = Station.quick(folder).with("venice.drop.sources", "whole,half")
                .with("venice.drop.sources.whole", login + ";)").with("venice.drop.sources.half", login + ")")) {
            station.start();
            SourceWatch watch = station.context().getRegistry().lookupByNameAndType("veniceSourceWatch", SourceWatch.class);
            await().atMost(Station.PATIENCE).until(() -> watch.down().keySet().containsAll(List.of("whole", "half")));

            assertThat(watch.down().toString()).doesNotContain("my-0wn-s3cret");
        } finally {
            apache.setLevel(null);
        }
        assertThat(lines).noneMatch(line -> line.contains("my-0wn-s3cret"))
                .anyMatch(line -> line.contains("ConsumerConfig values"))
                .anyMatch(line -> line.contains("The source half cannot be read"));
    }
}
