package io.github.venicevideo.assembly;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.venicevideo.api.InvalidSettingException;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.drop.Drops;
import io.github.venicevideo.home.drop.Sources;
import io.github.venicevideo.settings.Destinations;
import io.github.venicevideo.settings.Settings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is delivered must not be taken for bundles. */
class OverlapsTest {

    private static final Path HOME = Path.of("/srv/venice");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            aws2-s3://b?region=x                   | {name}        | aws2-s3://b?accessKey=AK
            aws2-s3:b                              | in/{name}     | aws2-s3://b?prefix=in/
            aws2-s3://arn:aws:s3:::b               | in/new-{name} | aws2-s3://b?prefix=in/new
            aws2-s3://b?uriEndpointOverride=http://s | {name}      | aws2-s3://b?uriEndpointOverride=http://s/&region=x
            sftp://me@files:22/in?password=hunter2 | {name}        | sftp://you@files:22/in
            """)
    void aDestinationThatASourceReadsIsRefused(String destination, String name, String source) {
        assertThatThrownBy(() -> check(destination, name, source)).isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("venice.destinations.archive").hasMessageContaining("the source inbox")
                .message().doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            aws2-s3://b                            | videos/{name} | aws2-s3://b
            aws2-s3://b                            | {name}        | aws2-s3://b?prefix=in/
            aws2-s3://b                            | {name}        | aws2-s3://c
            aws2-s3://b                            | {name}        | aws2-s3://b?uriEndpointOverride=http://s
            sftp://me@files/out                    | {name}        | sftp://me@files/in
            sftp://me@files/in                     | {date}/{name} | sftp://me@files/in
            file:/srv/b                            | {name}        | aws2-s3://b
            """)
    void oneThatItDoesNotReadIsNot(String destination, String name, String source) {
        assertThatCode(() -> check(destination, name, source)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"file:/srv/venice/drop, {name}", "file:/srv/venice/drop/videos?tempPrefix=x, {date}/{name}",
            "file:///srv/venice, drop/{name}", "file:/srv/venice/videos/../drop, {name}"})
    void aDestinationInADropFolderIsRefused(String destination, String name) {
        assertThatThrownBy(() -> check(destination, name, "aws2-s3://b")).isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("the drop folder drop");
    }

    @ParameterizedTest
    @CsvSource({"file:/srv/venice, {name}", "file:/srv/venice, drop-{name}", "file:/srv, {name}", "file:/srv/venice/consents/x, {name}",
            "file:/srv/venice/.work, {name}", "file:/srv/venice/.ledger/videos, {name}", "file:/srv/venice, done/{name}"})
    void aDestinationThatHoldsTheHomeOrLiesInOneOfItsFoldersIsRefused(String destination, String name) {
        assertThatThrownBy(() -> check(destination, name, "aws2-s3://b")).isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("venice.destinations.archive").hasMessageContaining("nor holds it");
    }

    @ParameterizedTest
    @CsvSource({"two, drop", "two/deep, drop", "drop, ..", "drop, parked/x", "drop, .work", "drop, consents", "drop, ."})
    void dropFoldersThatHoldOneAnotherOrTheHomesOwnFoldersAreRefused(String first, String second) {
        Settings settings = Settings.packaged().with(Map.of("venice.drops", "one,two", "venice.drops.one.folder", first,
                "venice.drops.two.folder", second.equals("drop") ? first + "/within" : second));
        Drops drops = new Drops(settings, HOME);
        Places places = new Places(Home.at(HOME), HOME.resolve(".ledger"));

        assertThatThrownBy(() -> drops.all().forEach(drop -> places.checkDrop(drop, drops.all())))
                .isInstanceOf(InvalidSettingException.class).hasMessageContaining("venice.drops.").hasMessageContaining("nor holds it");
    }

    @ParameterizedTest
    @CsvSource({"file:/srv/venice/videos, {name}", "file:/srv/venice/dropped, {name}", "file:/srv/other, {name}"})
    void oneBesideItIsNot(String destination, String name) {
        assertThatCode(() -> check(destination, name, "aws2-s3://b")).doesNotThrowAnyException();
    }

    private static void check(String destination, String name, String source) {
        Settings settings = Settings.packaged().with(Map.of("venice.destinations.archive", destination,
                "venice.destinations.archive.name", name, "venice.drop.sources", "inbox", "venice.drop.sources.inbox", source));
        Drops drops = new Drops(settings, HOME);
        new Overlaps(settings).check(new Destinations(settings, HOME), new Sources(settings, drops), drops,
                new Places(Home.at(HOME), HOME.resolve(".ledger")));
    }
}
