package io.github.venicevideo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.settings.Api;
import io.github.venicevideo.settings.Destinations;
import io.github.venicevideo.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** While nothing is sent anywhere, nothing leads outside either. */
@Timeout(180)
class SandboxModeTest {

    @TempDir
    private Path folder;

    @Test
    void theSandboxHasAHomeOfItsOwn() {
        assertThat(SandboxMode.of(Settings.packaged()).settings().required("venice.home"))
                .isEqualTo(Path.of("venice-sandbox").toAbsolutePath().toString());
        assertThat(SandboxMode.of(Settings.packaged().with(Map.of("venice.home", folder.toString()))).settings()
                .required("venice.home")).isEqualTo(folder.toString());
    }

    @Test
    void configuredDestinationsAndListenersAreLeftAlone() {
        Settings settings = SandboxMode.of(Settings.packaged().with(Map.of("venice.home", folder.toString(),
                "venice.destinations.archive", "aws2-s3://real-bucket", "venice.delivery.to", "archive",
                "venice.events.uri", "kafka:real", "venice.drop.sources", "inbox", "venice.ledger.dir", "/real/ledger"))).settings();

        Destinations destinations = new Destinations(settings, folder);

        assertThat(destinations.chosen(List.of())).extracting(destination -> destination.name()).containsExactly("videos");
        assertThat(destinations.chosen(List.of("archive"))).extracting(destination -> destination.uri())
                .allMatch(uri -> uri.startsWith("file:" + folder.resolve("videos/archive")));
        assertThat(settings.text("venice.events.uri")).isEmpty();
        assertThat(settings.list("venice.drop.sources")).as("nothing real is taken for make-believe").isEmpty();
        assertThat(settings.text("venice.ledger.dir")).as("a home that was set keeps its ledger, which tells real jobs")
                .contains("/real/ledger");
    }

    @Test
    void itsApiIsOurOwnAndIsRememberedAsSuchWhereverItListens() throws Exception {
        try (SandboxMode sandbox = SandboxMode.of(Settings.packaged().with(Map.of("venice.home", folder.toString())))) {
            sandbox.start();

            assertThat(sandbox.api().name()).isEqualTo(Api.SANDBOX);
            assertThat(sandbox.api().url()).startsWith("http://127.0.0.1:");
        }
    }
}
