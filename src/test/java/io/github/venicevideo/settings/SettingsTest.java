package io.github.venicevideo.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.venicevideo.api.InvalidSettingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings are merged key by key, in any spelling, and refused with a sentence. */
class SettingsTest {

    @ParameterizedTest
    @ValueSource(strings = {"venice.drop.settle-prompt-only", "VENICE_DROP_SETTLE_PROMPT_ONLY",
            "venice_drop_settle_prompt_only", "Venice.Drop.Settle.Prompt.Only"})
    void aKeyIsTheSameHoweverItIsSpelt(String spelling) {
        assertThat(settings(spelling, "7s").duration("venice.drop.settle-prompt-only")).hasSeconds(7);
    }

    @Test
    void whatIsLaidOverWinsAndWhatIsNotOursIsPassedOver() {
        Settings settings = Settings.packaged().with(Map.of("venice.poll.min-interval", "5s", "JAVA_HOME", "/x"))
                .with(Map.of("VENICE_POLL_MIN_INTERVAL", "9s"));

        assertThat(settings.duration("venice.poll.min-interval")).hasSeconds(9);
        assertThat(settings.text("JAVA_HOME")).isEmpty();
        assertThat(settings.text("venice.defaults.duration")).contains("5s");
    }

    @ParameterizedTest
    @CsvSource({"500ms, 500", "2s, 2000", "2 s, 2000", "5m, 300000", "24h, 86400000", "1d, 86400000", "0s, 0"})
    void aDurationIsANumberWithItsUnit(String text, long millis) {
        assertThat(settings("venice.x", text).duration("venice.x")).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "-1s", "1.5s", "5 minutes", "PT5S", "9999999999s", "s"})
    void anythingElseIsRefusedByNameAndValue(String text) {
        assertThatThrownBy(() -> settings("venice.x", text).duration("venice.x"))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("venice.x=" + text).hasMessageContaining("500ms, 2s, 5m or 24h");
    }

    @ParameterizedTest
    @CsvSource({"venice.ledger.lease, 10ms, from 30s to 7d", "venice.ledger.lease, 0s, from 30s to 7d",
            "venice.api.timeout, 0s, from 1s to 10m", "venice.ledger.idle, 0ms, from 1ms to 1m",
            "venice.retry.max-delay, 1d, from 10ms to 1h", "VENICE_RETENTION_DONE, 0d, from 1h to 36500d",
            "venice.poll.min-interval, 0s, from 10ms to 10m", "venice.drop.settle, 2d, from 0ms to 1d"})
    void aDurationOutOfItsBoundsIsRefused(String key, String text, String bounds) {
        assertThatThrownBy(() -> settings(key, text).duration(key)).isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(key + "=" + text).hasMessageContaining("a duration " + bounds);
    }

    @Test
    void everyDurationHasBounds() {
        assertThat(Settings.packaged().keys().stream()
                .filter(key -> Settings.packaged().text(key).orElse("").matches("\\d+(ms|s|m|h|d)"))
                // What a bundle asks for, and what S3 allows, are checked where they are read.
                .filter(key -> !key.equals("venice.defaults.duration") && !key.equals("venice.staging.url-life")))
                .hasSizeGreaterThan(10)
                .allSatisfy(key -> {
                    assertThat(Settings.packaged().duration(key)).isPositive();
                    assertThatThrownBy(() -> settings(key, "9999999d").duration(key)).hasMessageContaining(key);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1001", "1.0", "many", "99999999999"})
    void aNumberOutOfItsBoundsIsRefused(String text) {
        assertThatThrownBy(() -> settings("venice.poll.workers", text).number("venice.poll.workers"))
                .hasMessageContaining("venice.poll.workers=" + text).hasMessageContaining("from 1 to 1000");
        assertThat(settings("venice.poll.workers", "10").number("venice.poll.workers")).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "1", "on"})
    void aFlagIsTrueOrFalse(String text) {
        assertThatThrownBy(() -> settings("venice.f", text).flag("venice.f")).hasMessageContaining("true or false");
        assertThat(settings("venice.f", "TRUE").flag("venice.f")).isTrue();
        assertThat(settings("venice.f", "false").flag("venice.f")).isFalse();
    }

    @Test
    void aBlankValueIsNoValue() {
        assertThat(settings("venice.api.key", "  ").text("venice.api.key")).isEmpty();
        assertThatThrownBy(() -> settings("venice.api.key", "").required("venice.api.key"))
                .hasMessage("Setting venice.api.key is missing: it needs a value.");
        assertThat(settings("venice.list", "a, ,b,").list("venice.list")).containsExactly("a", "b");
    }

    @Test
    void whatStandsBelowAPrefixIsFoundByItsRest() {
        assertThat(settings("VENICE_DESTINATIONS_ARCHIVE", "file:x").below("venice.destinations"))
                .containsEntry("archive", "file:x");
        assertThat(settings("venice.destinationsx", "no").below("venice.destinations")).isEmpty();
    }

    @Test
    void aFileIsUtf8AndAMissingOneIsNamed(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("a.properties"), "venice.delivery.name=früh-{name}\nother.key=x\n");

        assertThat(Settings.packaged().withFile(file).required("venice.delivery.name")).isEqualTo("früh-{name}");
        assertThatThrownBy(() -> Settings.packaged().withFile(folder.resolve("none.properties")))
                .isInstanceOf(InvalidSettingException.class).hasMessageContaining("none.properties");
    }

    private static Settings settings(String key, String value) {
        return Settings.packaged().with(Map.of(key, value));
    }
}
