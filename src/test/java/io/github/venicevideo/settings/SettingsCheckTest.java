package io.github.venicevideo.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.venicevideo.api.InvalidSettingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every setting is looked at before anything is begun. */
class SettingsCheckTest {

    @TempDir
    private Path folder;

    @Test
    void whatIsThereByDefaultIsRight() {
        assertThat(SettingsCheck.of(Settings.packaged()).refusals()).isEmpty();
        assertThat(SettingsCheck.of(Settings.packaged()).warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"venice.buget.per-day=5|venice.budget.per-day is one",
            "venice.drops.draft.defaults.resoluton=720p|venice.drops.draft.defaults.resolution is one",
            "venice.destination.archive=file:x|venice.destinations.archive is one",
            "venice.drops.drfat.folder=x|venice.drops does not name drfat",
            "venice.drop.sources.inbox=file:x|venice.drop.sources does not name inbox",
            "venice.nothing.like.it.at.all=a-secret|there is no such setting"})
    void aKeyThatNobodyReadsIsASlipInOurFileAndTheNearestIsNamed(String line, String why) throws Exception {
        SettingsCheck check = SettingsCheck.of(inFile("venice.drops=drop,draft", line));

        assertThat(check.refusals()).singleElement().asString().contains(line.substring(0, line.indexOf('=')))
                .contains("read by nobody").contains(why).contains("in the file " + folder.resolve("a.properties"))
                .doesNotContain("a-secret");
        assertThatThrownBy(check::tell).isInstanceOf(InvalidSettingException.class).hasMessage(check.refusals().get(0));
    }

    @Test
    void elsewhereItMayBeSomebodyElsesAndIsOnlySaid() {
        Settings settings = Settings.packaged().withEnvironment(Map.of("VENICE_BUGET_PER_DAY", "5"))
                .withHost(Map.of("venice.video.title", "x")).with(Map.of("venice.zoen", "UTC"));
        SettingsCheck check = SettingsCheck.of(settings);

        assertThat(check.refusals()).isEmpty();
        assertThat(check.warnings()).hasSize(3)
                .anySatisfy(warning -> assertThat(warning).contains("environment variable VENICE_BUGET_PER_DAY").contains("venice.budget.per-day"))
                .anySatisfy(warning -> assertThat(warning).contains("venice.video.title").contains("properties of the Camel context"))
                .anySatisfy(warning -> assertThat(warning).contains("venice.zone is one"));
        check.tell();
    }

    @Test
    void aRemovedOneIsNamedWithItsSuccessorAndNothingElse() throws Exception {
        SettingsCheck check = SettingsCheck.of(inFile("venice.consent.eligible-models=a"));

        assertThat(check.refusals()).isEmpty();
        assertThat(check.warnings()).singleElement().asString().contains("venice.consent.eligible-models")
                .contains("learnt from their answers").contains("a.properties");
    }

    @ParameterizedTest
    @ValueSource(strings = {"venice.defaults.duration=5", "venice.drop.settle=2 sec", "venice.poll.deadline=", "venice.submit.workers=0",
            "venice.budget.per-day=five", "venice.zone=Berlin", "venice.console.port=80800", "venice.cleanup=yes",
            "venice.staging.mode=some", "venice.defaults.audio=loud", "venice.drops=a b",
            "venice.delivery.name={nothing}-{name}", "venice.destinations.archive.name={name}/{Job}", "venice.delivery.name=a/b/c/d/e/{name}",
            "venice.consent.standing.ada.policy-hash=abc", "venice.consent.standing.ada.until=tomorrow"})
    void aValueThatCannotBeUsedIsRefusedWhereverItWasSet(String line) throws Exception {
        String key = line.substring(0, line.indexOf('='));
        String value = line.substring(line.indexOf('=') + 1);

        assertThat(SettingsCheck.of(inFile(line)).refusals()).singleElement().asString().contains(key).contains(value)
                .contains("it needs").contains("It is set in the file");
        assertThat(SettingsCheck.of(Settings.packaged().withSystem(Map.of(key, value), true)).refusals()).singleElement().asString()
                .contains("by the system property " + key);
        assertThat(SettingsCheck.of(Settings.packaged().withEnvironment(Map.of(key.toUpperCase(java.util.Locale.ROOT).replace('.', '_'), value)))
                .refusals()).singleElement().asString().contains("by the environment variable VENICE_");
    }

    @Test
    void aSecretIsNeverShown() throws Exception {
        assertThat(SettingsCheck.of(inFile("venice.console.token=hush-hush", "venice.events.uri=hush-hush")).refusals()).hasSize(2)
                .allSatisfy(sentence -> assertThat(sentence).contains("(not shown)").doesNotContain("hush"));
    }

    @Test
    void allSlipsAreToldAtOnce() throws Exception {
        SettingsCheck check = SettingsCheck.of(inFile("venice.zone=Berlin", "venice.cleanup=yes", "venice.buget.per-job=1"));

        assertThat(check.refusals()).hasSize(3);
        assertThatThrownBy(check::tell).hasMessageContaining("venice.zone").hasMessageContaining("venice.cleanup")
                .hasMessageContaining("venice.buget.per-job");
    }

    private Settings inFile(String... lines) throws Exception {
        return Settings.packaged().withFile(Files.write(folder.resolve("a.properties"), java.util.List.of(lines)));
    }
}
