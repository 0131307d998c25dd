package io.github.venicevideo.intake.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.S3Server;
import io.github.venicevideo.intake.problem.ReadLimits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.component.aws2.s3.AWS2S3Endpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

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
                .contains("more than 1000 objects");
        assertThat(BucketListing.refusal(bundles("", object("canal.zip")).get(0), ReadLimits.DEFAULT)).isEmpty();
    }

    @Test
    void aPartEndsBehindAFolderAndNeverInIt() {
        BucketObject[] objects = {object("a.json"), object("canal/.ready"), object("canal/image.png"), object("canal/prompt.txt"),
            object("canal/request.json"), object("quay.json")};

        BucketPart part = part("", "", 3, objects);

        assertThat(part.bundles()).extracting(BucketBundle::entry).containsExactly("a.json", "canal");
        assertThat(part.bundles().get(1).objects()).hasSize(4);
        assertThat(part.last()).isEqualTo("canal/request.json");
        assertThat(part("", "", 6, objects).last()).as("nothing is left").isEmpty();
    }

    @Test
    void aPartSaysWhichKeysItWouldHaveSeen() {
        BucketPart part = new BucketPart(List.of(), "b", "d\uFFFD");

        assertThat(List.of("b0", "c", "d", "d\uFFFD")).allMatch(part::covers);
        assertThat(List.of("a", "b", "d\uFFFD0", "d\uD83D\uDEF6", "e")).noneMatch(part::covers);
        assertThat(new BucketPart(List.of(), "", "").covers("anything")).isTrue();
    }

    @Test
    void ofAFolderOfAnySizeOnlySoMuchIsKeptAndWhatMakesItABundle() {
        Stream<BucketObject> many = IntStream.range(0, 30_000).mapToObj(i -> object(String.format("canal/%05d.png", i)));
        Iterable<BucketObject> objects = Stream.concat(many, Stream.of(object("canal/request.json"), object("quay.json")))::iterator;

        BucketPart part = new BucketListing("inbox", "bucket", "").part("", objects, 20_000);

        assertThat(part.last()).isEqualTo("canal/request.json");
        assertThat(part.bundles()).singleElement().satisfies(canal -> {
            assertThat(canal.objects()).hasSize(1002);
            assertThat(BucketListing.refusal(canal, ReadLimits.DEFAULT)).contains("more than 1000 objects");
        });
    }

    @Test
    void aBucketIsGoneRoundPartByPart(@TempDir Path folder) throws Exception {
        try (S3Server server = S3Server.start(folder).bucket("inbox"); S3Client s3 = server.client();
                DefaultCamelContext context = new DefaultCamelContext()) {
            for (String key : List.of("in/a.json", "in/b.txt", "in/canal/.ready", "in/canal/prompt.txt", "in/picture.png",
                    "in/quay.json", "out/z.json")) {
                s3.putObject(put -> put.bucket("inbox").key(key), RequestBody.fromString("x"));
            }
            AWS2S3Endpoint endpoint = context.getEndpoint(server.endpoint("inbox", S3Server.SECRET) + "&prefix=in/",
                    AWS2S3Endpoint.class);
            endpoint.start();
            BucketRounds rounds = new BucketRounds(3);
            List<List<String>> looks = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                looks.add(rounds.next("inbox", new Bucket(endpoint)).bundles().stream().map(BucketBundle::entry).sorted().toList());
            }

            assertThat(looks).containsExactly(List.of("a.json", "b.txt", "canal"), List.of("quay.json"),
                    List.of("a.json", "b.txt", "canal"), List.of("quay.json"));
        }
    }

    @Test
    @Timeout(180)
    void aFolderThatIsListedWithoutEndIsGoneBehind() {
        AtomicLong asked = new AtomicLong();
        Iterable<BucketObject> endless = () -> Stream.generate(() -> object("in/canal/" + asked.incrementAndGet() + ".png")).iterator();

        BucketPart part = new BucketListing("inbox", "bucket", "in/").part("", endless, 20);

        assertThat(part.bundles()).isEmpty();
        assertThat(asked).hasValue(20 + BucketListing.FARTHEST + 1);
        assertThat(part.covers("in/canal/request.json")).isTrue();
        assertThat(part.covers("in/canal0")).as("what comes after it").isFalse();
    }

    private static BucketPart part(String prefix, String after, int most, BucketObject... objects) {
        return new BucketListing("inbox", "bucket", prefix).part(after, List.of(objects), most);
    }

    private static List<BucketBundle> bundles(String prefix, BucketObject... objects) {
        return part(prefix, "", Integer.MAX_VALUE, objects).bundles();
    }

    private BucketObject object(String key) {
        time += 1_000;
        return new BucketObject(key, "\"e\"", 10, time);
    }
}
