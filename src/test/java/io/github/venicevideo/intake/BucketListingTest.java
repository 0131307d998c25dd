package io.github.venicevideo.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which bundles a listing holds. */
class BucketListingTest {

    private long time = 1_000_000;

    @Test
    void singleFilesAndFoldersWithAManifestAreBundlesOldestFirst() {
        List<BucketBundle> bundles = bundles("in/", object("in/canal/request.json"), object("in/quay.zip"),
                object("in/canal/photos/boat.png"), object("in/photo.png"), object("in/loose/image.png"));

        assertThat(bundles).extracting(BucketBundle::entry).containsExactly("canal", "quay.zip");
        assertThat(bundles.get(0).objects()).extracting(bundles.get(0)::fileOf)
                .as("what made it a bundle goes last").containsExactly("photos/boat.png", "request.json");
    }

    @Test
    void aReferenceIsOfOneContentOfOneKey() {
        BucketObject first = object("quay.zip");
        BucketObject later = new BucketObject(first.key(), first.etag(), first.bytes(), first.modified() + 5_000);

        assertThat(bundles("", first).get(0).reference()).isEqualTo("source:inbox:bucket/quay.zip#e@1001000")
                .isNotEqualTo(bundles("", later).get(0).reference());
    }

    @Test
    void aFolderNameThatIsUsedAgainIsAnotherBundleThoughItsReadyObjectHoldsNothingAgain() {
        BucketObject first = object("canal/.ready");
        BucketObject later = new BucketObject(first.key(), first.etag(), first.bytes(), first.modified() + 1_000);
        BucketObject prompt = object("canal/prompt.txt");

        assertThat(bundles("", prompt, first).get(0).reference()).isNotEqualTo(bundles("", prompt, later).get(0).reference());
    }

    @Test
    void readyStandsBehindAManifest() {
        List<BucketBundle> bundles = bundles("", object("canal/.ready"), object("canal/request.yaml"), object("quay/.ready"));

        assertThat(bundles).allMatch(BucketBundle::ready);
        assertThat(bundles).extracting(bundle -> bundle.trigger().key()).containsExactly("canal/request.yaml", "quay/.ready");
    }

    @Test
    void whatIsNoContentIsPassedOver() {
        assertThat(bundles("", object("canal/"), object(".trash/request.json"), object("quay.json.part"),
                object("canal/deeper/request.json"), object(".hidden.zip"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"canal/../passwd", "canal//boat.png", "canal/a\\b.png", "canal/a\u0000.png", "canal/./a.png",
            "canal/a\u202Egnp.exe", "canal/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a.png"})
    void namesThatNoFileCanHaveAreRefused(String key) {
        BucketBundle bundle = bundles("", object("canal/request.json"), object(key)).get(0);

        assertThat(BucketListing.refusal(bundle, ReadLimits.DEFAULT)).contains("name that no file can have");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../request.json", "a:b.zip", "a?.zip", "x\\y.zip"})
    void bundlesWithoutAUsableNameAreRefused(String key) {
        assertThat(bundles("", object(key)).stream().map(bundle -> BucketListing.refusal(bundle, ReadLimits.DEFAULT)))
                .allMatch(refusal -> !refusal.isEmpty());
    }

    @Test
    void whatIsTooLargeIsRefusedBeforeItIsFetched() {
        BucketObject large = new BucketObject("film.zip", "e", 500_000_001, time);
        List<BucketObject> many = new ArrayList<>(List.of(object("canal/request.json")));
        for (int i = 0; i < 1_000; i++) {
            many.add(object("canal/" + i + ".png"));
        }

        assertThat(BucketListing.refusal(bundles("", large).get(0), ReadLimits.DEFAULT)).contains("500 MB");
        assertThat(BucketListing.refusal(bundles("", many.toArray(BucketObject[]::new)).get(0), ReadLimits.DEFAULT))
                .contains("1001 objects");
        assertThat(BucketListing.refusal(bundles("", object("canal.zip")).get(0), ReadLimits.DEFAULT)).isEmpty();
    }

    private static List<BucketBundle> bundles(String prefix, BucketObject... objects) {
        return new BucketListing("inbox", "bucket", prefix).bundles(List.of(objects));
    }

    private BucketObject object(String key) {
        time += 1_000;
        return new BucketObject(key, "\"e\"", 10, time);
    }
}
