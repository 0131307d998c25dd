package io.github.venicevideo;

import static io.github.venicevideo.SampleMedia.face;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.github.venicevideo.erasure.Erasure;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.ledger.consent.ConsentFilter;
import io.github.venicevideo.ledger.forget.ForgetTarget;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.fault.Fault;
import io.github.venicevideo.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** Logs are kept by others and for long: at INFO and above they tell of no prompt and of no person. */
@Timeout(300)
@Isolated("hears the log of the whole JVM")
class LogPrivacyTest {

    private static final String ADA = "Ada Lovelace";

    private static final String NOTE = "Release of the countess";

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger ours = (Logger) LoggerFactory.getLogger("io.github.venicevideo");
    private final Level before = ours.getLevel();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.INFO)) {
                lines.add(event.getFormattedMessage() + event.getMDCPropertyMap()
                        + Optional.ofNullable(event.getThrowableProxy()).map(ThrowableProxyUtil::asString).orElse(""));
            }
        }
    };

    @TempDir
    private Path folder;
    private Station station;

    @BeforeEach
    void start() throws Exception {
        appender.setContext(root.getLoggerContext());
        appender.start();
        root.addAppender(appender);
        ours.setLevel(Level.INFO);
        station = Station.quick(folder).start();
    }

    @AfterEach
    void stop() throws Exception {
        station.close();
        ours.setLevel(before);
        root.detachAppender(appender);
        appender.stop();
    }

    @Test
    void noPromptAndNoPersonIsLogged() throws Exception {
        ConsentStation people = new ConsentStation(station);
        station.sandbox().faults().next(1, Call.QUEUE, Fault.error(422));
        station.dropReady("refused", Map.of("prompt.txt", "The countess dances in vain"));
        station.awaitFailed("refused");
        station.dropReady("made", Map.of("prompt.txt", "The countess dances at dawn"));
        station.awaitDone("made");
        station.dropReady("portrait", Map.of("prompt.txt", "The countess dances at dusk", "image.png", face("Anna")));
        station.awaitParked("portrait");
        people.refused("portrait", form -> form.put("answer", "nonsense"));
        people.answer("portrait", people.filled("portrait", ADA).put("answer", "reject"));
        station.awaitFailed("portrait");
        people.drop("likeness", "The countess dances at night", Map.of("image.png", face("Bertha")));
        station.awaitParked("likeness");
        people.refused("likeness", form -> form.put("confirmed_legal_right", "yes"));
        people.answer("likeness", people.filled("likeness", ADA).put("note", NOTE));
        station.awaitDone("likeness");
        people.drop("likeness again", "The countess sleeps", Map.of("image.png", face("Bertha")));
        station.awaitDone("likeness again");
        assertThat(station.ledger().consentReport().rows(ConsentFilter.all())).hasSizeGreaterThan(1)
                .allSatisfy(row -> assertThat(row.by()).contains(ADA));
        Erasure erasure = new Erasure(Home.at(station.home()), station.ledger(), Settings.packaged());
        // Blocked while a job of hers is still being cleaned up.
        await().atMost(Station.PATIENCE).until(() ->
                erasure.forget(new ForgetTarget(ForgetTarget.Kind.PERSON, ADA)).blocked().isEmpty());
        assertThat(station.ledger().consentReport().rows(ConsentFilter.all())).isNotEmpty()
                .allSatisfy(row -> assertThat(row.by()).isEmpty()).allSatisfy(row -> assertThat(row.media()).isEmpty());
        assertThat(station.ledger().consentReport().check(Optional.empty()).broken()).isEmpty();
        station.stop();
        station.start();

        assertThat(lines).anyMatch(line -> line.contains("portrait")).anyMatch(line -> line.contains("made"))
                .anyMatch(line -> line.contains("a person answered reject"))
                .anyMatch(line -> line.contains("consent for its media is on record"));
        assertThat(lines).noneMatch(line -> line.contains("countess")).noneMatch(line -> line.toLowerCase(Locale.ROOT).contains("lovelace"))
                .noneMatch(line -> line.contains(NOTE));
    }
}
