package io.github.venicevideo.intake.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.home.drop.Drop;
import io.github.venicevideo.home.drop.Drops;
import io.github.venicevideo.intake.problem.ReadLimits;
import io.github.venicevideo.intake.rules.DropDefaults;
import io.github.venicevideo.intake.rules.DropDefaultsReader;
import io.github.venicevideo.intake.rules.ModelDefaults;
import io.github.venicevideo.intake.rules.RulesTest;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.catalogue.Catalogue;
import io.github.venicevideo.venice.request.MediaUrlRule;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A bundle stays the same bundle, whatever the catalogue lists, and whatever it was recorded as before there were preferences. */
class IdentityTest {

    @TempDir
    private Path work;

    private Bundle read(Path bundle, Map<String, String> settings, Optional<Catalogue> catalogue) throws Exception {
        Path dropped = work.resolve("dropped").resolve(bundle.getFileName());
        DurableFiles.deleteTree(dropped);
        DurableFiles.copyTree(bundle, dropped);
        Drop drop = new Drops(Settings.packaged().with(settings), work).all().get(0);
        return new BundleReader(ReadLimits.DEFAULT, new MediaUrlRule(List.of()), () -> catalogue)
                .read(work, dropped, DropDefaultsReader.of(drop));
    }

    private static List<Optional<Catalogue>> catalogues() {
        return List.of(Optional.empty(), Optional.of(RulesTest.sandboxes()), Optional.of(RulesTest.todays()),
                Optional.of(RulesTest.todays().at(Instant.parse("2026-12-01T00:00:00Z"))));
    }

    /** Hashes as the ledgers have them of the time when settings named one model for each kind. */
    @ParameterizedTest
    @CsvSource({"1-text, ec564d84945a3ce50c8806669b5e8dd5da601d909accd5bd2d4adf3449b50848",
            "2-image, dea4fa64faf8ba8446c702556f72875caf47aa01b9f9c6e988ab654b9895f9a2",
            "3-references, 22b92f6076641627c6f1f1a9ebbd7301dfbf3dbdc8c9da7be064ec19ab5acb06",
            "4-seedance-reference, cb621bdf42fbe0003bd62cec289a4350d9f46947410315e478ee61b1d939aec1",
            "5-seedance-edit, 4fe5d58e671eb73d11a47c47f9eae84a0835f27cca4d3d57de6a216110c7dc43",
            "6-seedance-extend, cd5a4b6b0b73e7fcd4bade3863ddd0a4d2b44dcfbd41939b67c6813608692d71",
            "7-seedance-stitch, 3f6c03539a61d049aee7936705979644b668e7fe5927a559431ee5f989af92f1",
            "8-upscaling, 255fb77a06f46cbad38d120cfcbbe890c819767ed92f73c04607a34f653a4f5b",
            "9-elements, fb77a572e289fca40d140afa36802fd7213fcdaefc75fe687fbe079e8488073f"})
    void whatWasRecordedBeforeIsKnown(String example, String recorded) throws Exception {
        for (Optional<Catalogue> catalogue : catalogues()) {
            Bundle bundle = read(Path.of("examples/bundles", example), Map.of(), catalogue);

            assertThat(bundle.isKnownAs(recorded)).as("with %s", catalogue.map(Catalogue::ids)).isTrue();
        }
    }

    @Test
    void theCatalogueHasNoPartInIt() throws Exception {
        for (String example : List.of("1-text", "2-image", "3-references")) {
            assertThat(catalogues().stream().map(catalogue -> {
                try {
                    return read(Path.of("examples/bundles", example), Map.of(), catalogue).contentHash();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }).distinct()).hasSize(1);
        }
    }

    @Test
    void defaultsOfAFolderHave() throws Exception {
        Path text = Path.of("examples/bundles/1-text");
        Stream<Map<String, String>> settings = Stream.of(Map.of(), Map.of("venice.defaults.resolution", "480p"),
                Map.of("venice.defaults.duration", "10s"), Map.of("venice.drops.drop.defaults.model.text", "wan-2-7-text-to-video"));
        List<Bundle> bundles = settings.map(set -> {
            try {
                return read(text, set, Optional.of(RulesTest.todays()));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }).toList();

        assertThat(bundles.stream().map(Bundle::contentHash)).doesNotHaveDuplicates();
        assertThat(bundles).allSatisfy(bundle -> assertThat(bundles.stream().filter(other -> other != bundle))
                .noneMatch(other -> other.isKnownAs(bundle.contentHash())));
    }

    /** What a model did not take was once left out before the hash was made. */
    @Test
    void aDefaultThatWasLeftOutOfTheHash() throws Exception {
        Bundle bundle = new BundleDrop(work).with(RulesTest.sandboxes()).with(new DropDefaults(Map.of("duration", "5s", "audio", "true"),
                new ModelDefaults("wan-2-7-text-to-video", "", "", "", "", "", ""))).file("gondola.json", "{\"prompt\":\"p\"}").read();
        Bundle before = new BundleDrop(work).with(BundleDrop.DEFAULTS).file("gondola.json",
                "{\"prompt\":\"p\",\"model\":\"wan-2-7-text-to-video\"}").read();

        assertThat(bundle.contentHash()).isNotEqualTo(before.contentHash());
        assertThat(bundle.isKnownAs(before.contentHash())).isTrue();
    }
}
