package io.github.venicevideo.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.venicevideo.api.InvalidSettingException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Destinations are named, and what is wrong with one is told without showing what it holds. */
class DestinationsTest {

    @Test
    void aDestinationHasOptionsOfItsOwn() {
        Destination archive = destinations(Map.of("VENICE_DESTINATIONS_ARCHIVE", "aws2-s3://b",
                "venice.destinations.archive.required", "false", "venice.destinations.archive.name", "{date}/{name}",
                "venice.delivery.to", "archive")).chosen(List.of()).get(0);

        assertThat(archive.required()).isFalse();
        assertThat(archive.nameTemplate()).contains("{date}/{name}");
    }

    @ParameterizedTest
    @CsvSource({
            "aws2-s3://b, aws2-s3://b?conditionalWritesEnabled=true&multiPartUpload=true",
            "aws2-s3://b?conditionalWritesEnabled=false, aws2-s3://b?conditionalWritesEnabled=false&multiPartUpload=true",
            "file:/srv, file:/srv?tempPrefix=.part-&eagerDeleteTargetFile=false&fileExist=TryRename",
            "sftp:u@h/d?tempFileName=x, sftp:u@h/d?tempFileName=x&eagerDeleteTargetFile=false",
            "ftp:u@h/d, ftp:u@h/d?tempPrefix=.part-&eagerDeleteTargetFile=false&binary=true",
            "ftps:u@h/d?binary=true&tempFileName=x, ftps:u@h/d?binary=true&tempFileName=x&eagerDeleteTargetFile=false",
            "direct:own, direct:own"})
    void whatTheUriLeavesOpenIsSafe(String given, String completed) {
        assertThat(destinations(Map.of("venice.destinations.own", given)).chosen(List.of("own")).get(0).uri())
                .isEqualTo(completed);
    }

    @ParameterizedTest
    @CsvSource({
            "venice.destinations.my-archive, aws2-s3://b, one of",
            "venice.destinations.archive.requierd, false, one of",
            "venice.destinations.archive.required, perhaps, a destination of that name",
            "venice.destinations.archive, /srv/s3cret, the URI of a Camel endpoint",
            "venice.destinations.team, file:/srv?a=s3cret&fileExist=Fail, no option fileExist",
            "venice.destinations.team, ftp:u:s3cret@h/d?binary=false, no option binary",
            "venice.delivery.to, nowhere, names out of"})
    void whatCannotBeUsedIsNamed(String key, String value, String allowed) {
        assertThatThrownBy(() -> destinations(Map.of(key, value))).isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(key).hasMessageContaining(allowed).hasMessageNotContaining("s3cret");
    }

    private static Destinations destinations(Map<String, String> settings) {
        return new Destinations(Settings.packaged().with(settings), Path.of("/home"));
    }
}
