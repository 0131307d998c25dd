package io.github.venicevideo.intake.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.home.drop.Drops;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.catalogue.Catalogue;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the health says of models. */
class ModelWatchTest {

    @TempDir
    private Path home;

    private Optional<String> warning(Optional<Catalogue> catalogue, Map<String, String> settings, String... used) {
        return new ModelWatch(() -> catalogue, new Drops(Settings.packaged().with(settings), home), () -> Set.of(used)).warning();
    }

    @Test
    void todaysCatalogueWorriesNobody() {
        assertThat(warning(Optional.of(RulesTest.todays().at(Instant.parse("2026-08-22T00:00:00Z"))), Map.of(), "wan-2-7-text-to-video"))
                .isEmpty();
        assertThat(warning(Optional.empty(), Map.of())).isEmpty();
    }

    @Test
    void whatIsUsedAndWillBeRemoved() {
        assertThat(warning(Optional.of(RulesTest.todays().at(Instant.parse("2026-08-22T00:00:00Z"))), Map.of(), "sora-2-text-to-video",
                "long-gone")).contains("sora-2-text-to-video is removed on 2026-09-24, and no replacement is named: use another model.");
    }

    @Test
    void aDefaultThatIsLeftForNothing() {
        assertThat(warning(Optional.of(RulesTest.todays().at(Instant.parse("2026-09-20T00:00:00Z"))),
                Map.of("venice.defaults.model.text", "sora-2-text-to-video")).orElseThrow())
                .contains("No default is left for a prompt alone: of sora-2-text-to-video", "set venice.defaults.model.text.");
    }
}
