package io.github.venicevideo.cli;

import static io.github.venicevideo.SampleMedia.mp4;
import static io.github.venicevideo.SampleMedia.png;
import static io.github.venicevideo.SampleMedia.seen;
import static io.github.venicevideo.SampleMedia.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.Station;
import io.github.venicevideo.api.InvalidSettingException;
import io.github.venicevideo.intake.problem.Problem;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.call.LoggedRequest;
import io.github.venicevideo.sandbox.fault.Fault;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --validate} beside a running program: says what would become of a bundle, and changes nothing. */
@Timeout(300)
class ValidateTest {

    @TempDir
    private static Path folder;
    private static Station station;
    @TempDir
    private Path bundles;
    private int asked;

    @BeforeAll
    static void start() throws Exception {
        station = Station.quick(folder).with("venice.drops", "drop,final")
                .with("venice.drops.final.defaults.resolution", "1080p")
                .with("venice.destinations.archive", "file:" + folder.resolve("archive")).start();
    }

    @AfterAll
    static void stop() throws Exception {
        station.close();
    }

    @BeforeEach
    void listen() {
        station.sandbox().faults().clear();
        asked = station.sandbox().requests().size();
    }

    /** What this test asked the API, without what the running program asks for itself. */
    private List<LoggedRequest> asked(Call call) {
        List<LoggedRequest> all = station.sandbox().requests();
        return all.subList(asked, all.size()).stream().filter(request -> request.call() == call).toList();
    }

    private Validation validate(Map<String, String> settings, Object... arguments) throws Exception {
        Map<String, String> merged = new LinkedHashMap<>(station.settings());
        merged.putAll(settings);
        CommandSettings start = CommandSettings.of(Settings.packaged().with(merged), new Properties());
        return new Validate(Clock.systemUTC())
                .validation(start, ValidateOptions.parse(Stream.of(arguments).map(Object::toString).toList()));
    }

    private Verdict one(Map<String, String> settings, Object... arguments) throws Exception {
        return validate(settings, arguments).each().get(0);
    }

    private Path folder(String name, Map<String, ?> files) throws IOException {
        Path bundle = Files.createDirectories(bundles.resolve(name));
        for (Map.Entry<String, ?> file : files.entrySet()) {
            Files.write(bundle.resolve(file.getKey()), file.getValue() instanceof byte[] bytes ? bytes
                    : file.getValue().toString().getBytes(StandardCharsets.UTF_8));
        }
        return bundle;
    }

    private Path file(String name, Object content) throws IOException {
        return folder(".", Map.of(name, content)).resolve(name).normalize();
    }

    @Test
    void everyExampleIsValidAndPriced() throws Exception {
        List<Path> examples;
        try (Stream<Path> found = Files.list(Path.of("examples/bundles"))) {
            examples = found.sorted().toList();
        }

        Validation validation = validate(Map.of(), examples.toArray());

        assertThat(validation.exitStatus()).isZero();
        assertThat(validation.catalogue()).isTrue();
        assertThat(validation.each()).hasSameSizeAs(examples).allSatisfy(verdict -> {
            assertThat(verdict.status()).as(verdict.toString()).isEqualTo(Verdict.Status.VALID);
            assertThat(verdict.warnings()).as(verdict.path()).isEmpty();
            assertThat(verdict.price().orElseThrow()).isPositive();
        });
        assertThat(asked(Call.QUOTE)).hasSameSizeAs(examples);
        assertThat(asked(Call.QUEUE)).isEmpty();
    }

    @Test
    void theCommandAndTheProgramAskForModelsOfVideos() throws Exception {
        validate(Map.of("venice.catalogue.refresh", "1m", "venice.home", bundles.toString()),
                folder("asked", Map.of("prompt.txt", "a boat")));

        assertThat(station.sandbox().requests()).filteredOn(request -> request.call() == Call.MODELS)
                .hasSizeGreaterThanOrEqualTo(2).allSatisfy(request -> assertThat(request.target()).endsWith("/models?type=video"));
    }

    @Test
    void nothingIsTouched() throws Exception {
        Path bundle = folder("gondola", Map.of("prompt.txt", "A gondola", "image.png", png("untouched")));
        Path zipped = file("bridge.zip", zip(Map.of("prompt.txt", "A bridge", "image.png", png("zipped"))));
        Path dropped = Files.createDirectories(station.drop().resolve(".dropped"));
        Files.writeString(dropped.resolve("prompt.txt"), "Lies in the drop folder");
        Map<Path, String> before = look();

        Validation validation = validate(Map.of(), bundle, zipped, dropped);

        assertThat(validation.each()).extracting(Verdict::status).containsOnly(Verdict.Status.VALID);
        assertThat(validation.each().get(2).warnings()).singleElement().asString().contains("never takes anything of this name");
        assertThat(look()).isEqualTo(before);
        assertThat(asked(Call.QUEUE)).isEmpty();
        assertThat(station.ledger().jobs().all()).isEmpty();
    }

    /** Every file of the bundles and the home but the ledger's own, with its size and time. */
    private Map<Path, String> look() throws IOException {
        Map<Path, String> seen = new TreeMap<>();
        for (Path root : List.of(bundles, station.home())) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : (Iterable<Path>) files.filter(path -> !path.startsWith(station.home().resolve(".ledger")))::iterator) {
                    seen.put(file, (Files.isDirectory(file) ? "" : Files.size(file) + " ") + Files.getLastModifiedTime(file));
                }
            }
        }
        return seen;
    }

    @Test
    void allThatIsWrongIsSaidInTheWordsOfTheErrorFile() throws Exception {
        Map<String, Object> files = Map.of("request.json", """
                {"prompt": "All wrong", "resolution": "8k", "aspect_ration": "16:9", "image_url": "nowhere.png",
                 "bundle": {"deliver_to": "moon"}}""");
        Verdict verdict = one(Map.of(), folder("wrong", files));
        station.dropReady("wrong", files);

        String error = station.awaitFailed("wrong").path("message").asText();

        assertThat(verdict.status()).isEqualTo(Verdict.Status.INVALID);
        assertThat(verdict.problems()).extracting(Problem::field)
                .contains("resolution", "aspect_ration", "image_url", "bundle.deliver_to");
        assertThat(error.lines()).containsExactlyElementsOf(verdict.problems().stream().map(Problem::sentence).toList());
        assertThat(asked(Call.QUOTE)).isEmpty();
        station.sandbox().requests(Call.QUEUE).forEach(request -> assertThat(request.json().path("prompt").asText())
                .isNotEqualTo("All wrong"));
    }

    @ParameterizedTest
    @CsvSource({"a.txt, A gondola", "a.md, A gondola", "a.json, '{\"prompt\":\"A gondola\"}'", "a.yaml, 'prompt: A gondola'"})
    void singleFilesAreBundlesToo(String name, String content) throws Exception {
        Verdict verdict = one(Map.of(), file(name, content));

        assertThat(verdict.status()).isEqualTo(Verdict.Status.VALID);
        assertThat(verdict.bundle().orElseThrow().request().fields().path("prompt").asText()).isEqualTo("A gondola");
    }

    @Test
    void offlineNobodyIsAskedAndTheLastKnownCatalogueCounts() throws Exception {
        Path bundle = file("a.json", "{\"prompt\":\"A gondola\",\"resolution\":\"8k\"}");
        Path elsewhere = Files.createDirectories(bundles.resolve("empty-home"));

        Validation known = validate(Map.of(), bundle, "--offline");
        Validation unknown = validate(Map.of("venice.home", elsewhere.toString()), "--offline", bundle);

        assertThat(known.each().get(0).problems()).extracting(Problem::field).containsExactly("resolution");
        assertThat(known.exitStatus()).isEqualTo(3);
        assertThat(unknown.catalogue()).isFalse();
        assertThat(unknown.exitStatus()).isZero();
        assertThat(unknown.each().get(0).price()).isEmpty();
        assertThat(ValidationText.of(unknown)).contains("Offline: nobody is asked", "No catalogue of models is known");
        assertThat(asked(Call.QUOTE)).isEmpty();
        assertThat(asked(Call.MODELS)).isEmpty();
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void withoutAKeyTheSandboxAnswersAndNothingIsSent() throws Exception {
        Validation validation = validate(Map.of("venice.api.key", "", "venice.defaults.model.text",
                Settings.packaged().required("venice.defaults.model.text")), file("a.txt", "A gondola"));

        assertThat(validation.sandbox()).isTrue();
        assertThat(validation.each().get(0).price()).isPresent();
        assertThat(ValidationText.of(validation)).startsWith("SANDBOX: ");
        assertThat(asked(Call.QUOTE)).isEmpty();
    }

    @Test
    void thePriceIsComparedWithTheLimits() throws Exception {
        station.sandbox().faults().every(Call.QUOTE, Fault.json(200, "{\"quote\": 0.5}"));
        Path bundle = file("a.json", "{\"prompt\":\"p\",\"bundle\":{\"takes\":3}}");
        Path frugal = file("b.json", "{\"prompt\":\"p\",\"bundle\":{\"max_price_usd\":0.25}}");

        assertThat(ValidationText.of(validate(Map.of("venice.budget.per-job", "0.50"), bundle)))
                .contains("Price: 0.50 USD, 1.50 USD for 3 takes");
        assertThat(one(Map.of(), frugal).message().orElseThrow()).contains("0.50 USD", "0.25 USD");
        assertThat(one(Map.of("venice.budget.per-job", "0.49"), bundle).status()).isEqualTo(Verdict.Status.OVER_BUDGET);
        assertThat(one(Map.of("venice.budget.per-day", "1.49"), bundle).message().orElseThrow())
                .contains("1.50 USD", "venice.budget.per-day allows 1.49 USD");
        assertThat(one(Map.of("venice.drops.final.budget.per-day", "1"), bundle, "--drop", "final").message().orElseThrow())
                .contains("venice.drops.final.budget.per-day");
        assertThat(validate(Map.of("venice.budget.per-job", "0.49"), bundle).exitStatus()).isEqualTo(3);
    }

    @Test
    void whatTheApiSaysOfThePriceDecides() throws Exception {
        Path bundle = file("a.txt", "A gondola");
        station.sandbox().faults().next(1, Call.QUOTE, Fault.json(410, "{\"error\": \"Retired long ago\"}"));
        assertThat(one(Map.of(), bundle)).satisfies(refused -> {
            assertThat(refused.status()).isEqualTo(Verdict.Status.INVALID);
            assertThat(refused.message().orElseThrow()).contains("Retired long ago");
        });
        station.sandbox().faults().next(1, Call.QUOTE, Fault.json(400, "{\"error\": \"No such duration\"}"));
        assertThat(one(Map.of(), bundle)).satisfies(unpriced -> {
            assertThat(unpriced.status()).isEqualTo(Verdict.Status.UNCHECKED);
            assertThat(unpriced.message().orElseThrow()).contains("No such duration");
        });
        station.sandbox().faults().next(1, Call.QUOTE, Fault.json(401, "{\"error\": \"Authentication failed\"}"));
        assertThat(validate(Map.of(), bundle).exitStatus()).isEqualTo(1);
        station.sandbox().faults().next(1, Call.QUOTE, Fault.json(503, "<html>"));
        assertThat(one(Map.of(), bundle).message().orElseThrow()).startsWith("No price could be had: ");
    }

    @Test
    void refusalsEndBeforeTheKeyIsBlocked() throws Exception {
        station.sandbox().faults().every(Call.QUOTE, Fault.json(404, "{\"error\": \"No\"}"));
        Path bundle = file("a.txt", "A gondola");

        List<Verdict> validation = validate(Map.of(), java.util.Collections.nCopies(25, bundle).toArray()).each();

        assertThat(asked(Call.QUOTE)).hasSize(10);
        assertThat(validation.get(9).status()).isEqualTo(Verdict.Status.INVALID);
        assertThat(validation.get(10).status()).isEqualTo(Verdict.Status.UNCHECKED);
    }

    @Test
    void anApiThatIsNotThereLeavesItUnchecked() throws Exception {
        Validation validation = validate(Map.of("venice.api.url", "http://127.0.0.1:1/api/v1"), file("a.txt", "A gondola"));

        assertThat(validation.exitStatus()).isEqualTo(1);
        assertThat(validation.each().get(0).message().orElseThrow()).contains("onnect");
    }

    @Test
    void aVideoToUpscaleIsPricedByItsBytesAlsoOutOfAZip() throws Exception {
        byte[] video = mp4(3);
        validate(Map.of(), file("up.zip", zip(Map.of("video.mp4", video))));

        assertThat(asked(Call.QUOTE)).singleElement().satisfies(request ->
                assertThat(request.json().path("video_url").asText()).isEqualTo(seen("video/mp4", video)));
    }

    @Test
    void aVideoToUpscaleThatWouldBeStagedIsNeitherRefusedNorStaged() throws Exception {
        Path bundle = folder("film", Map.of("video.mp4", Arrays.copyOf(mp4(3), 30_000_000)));

        Verdict verdict = one(Map.of("venice.staging.uri", "aws2-s3://none?region=eu-central-1"), bundle);

        assertThat(verdict.status()).isEqualTo(Verdict.Status.UNCHECKED);
        assertThat(verdict.message().orElseThrow()).contains("staging bucket");
        assertThat(verdict.bundle()).isPresent();
        assertThat(asked(Call.QUOTE)).isEmpty();
    }

    @Test
    void theDropIsTheOneItLiesInOrCameFromOrIsNamed() throws Exception {
        Path bundle = folder("gondola", Map.of("prompt.txt", "A gondola"));
        Path inside = Files.createDirectories(station.home().resolve("final/.gondola"));
        Files.writeString(inside.resolve("prompt.txt"), "A gondola");
        Path failed = folder("failed", Map.of("prompt.txt", "A gondola", "job.json", "{\"drop\": \"final\"}"));

        assertThat(resolution(one(Map.of(), bundle))).isEmpty();
        assertThat(resolution(one(Map.of(), bundle, "--drop", "final"))).isEqualTo("1080p");
        assertThat(resolution(one(Map.of(), inside))).isEqualTo("1080p");
        assertThat(resolution(one(Map.of(), failed))).isEqualTo("1080p");
        assertThatThrownBy(() -> one(Map.of(), bundle, "--drop", "none")).isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("drop, final");
    }

    private static String resolution(Verdict verdict) {
        return verdict.bundle().orElseThrow().request().fields().path("resolution").asText("");
    }

    @Test
    void linksAreNotFollowedAndPipesNotOpened() throws Exception {
        Path secret = file("secret.png", png("secret"));
        Path bundle = folder("gondola", Map.of("prompt.txt", "A gondola"));
        Files.createSymbolicLink(bundle.resolve("image.png"), secret);
        Path link = Files.createSymbolicLink(bundles.resolve("link"), bundle);
        Path pipe = bundles.resolve("pipe.txt");
        assumeThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

        List<Verdict> validation = validate(Map.of(), "--offline", bundle, link, pipe).each();

        assertThat(validation).extracting(Verdict::status).containsOnly(Verdict.Status.INVALID);
        assertThat(validation.stream().flatMap(verdict -> verdict.problems().stream()).map(Problem::code))
                .containsExactly("link", "link", "special-file");
    }

    @Test
    void whatIsShownHoldsNoMediaAndNoSecretOfAUrl() throws Exception {
        Path bundle = folder("gondola", Map.of("image.png", png("shown"), "request.json", """
                {"prompt": "See https://example.org/p?q=1", "end_image_url": "https://me:pass@example.org/a.png?signature=secret#x",
                 "model": "seedance-2-0-image-to-video", "bundle": {"deliver_to": ["archive", "videos"]}}"""));

        Validation validation = validate(Map.of(), bundle);

        JsonNode json = Json.mapper().readTree(ValidationJson.of(validation)).at("/bundles/0");
        assertThat(json.at("/request/end_image_url").asText()).isEqualTo("https://example.org/a.png?...");
        assertThat(json.at("/request/image_url").asText()).startsWith("(image.png: image/png, ").endsWith("400 x 320)");
        assertThat(json.at("/request/prompt").asText()).isEqualTo("See https://example.org/p?q=1");
        assertThat(json.at("/media/0/width").asInt()).isEqualTo(400);
        assertThat(json.at("/deliver_to")).extracting(JsonNode::asText).containsExactly("archive", "videos");
        assertThat(ValidationText.of(validation)).doesNotContain("secret", "pass@").contains("Goes to: archive, videos");
    }

    @Test
    void scriptsGetAnExitStatusAndOneDocument() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String good = file("good.txt", "A gondola").toString();
        String bad = file("bad.json", "[]").toString();

        assertThat(run(out, good, "--offline", "--json")).isZero();
        assertThat(Json.mapper().readTree(out.toByteArray()).at("/bundles/0/status").asText()).isEqualTo("valid");
        assertThat(run(out, good, bad, "--offline")).isEqualTo(3);
        assertThat(run(out, bad, bundles + "/none", "--offline")).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("bad.json: not valid", "none: not checked");
    }

    private static int run(ByteArrayOutputStream out, String... operands) throws Exception {
        out.reset();
        CommandSettings start = CommandSettings.of(Settings.packaged().with(station.settings()), new Properties());
        return new Validate(Clock.systemUTC()).run(start, List.of(operands), new PrintStream(out, true, StandardCharsets.UTF_8));
    }

    @Test
    void whatCannotBeUnderstoodIsSaid() {
        assertThatThrownBy(() -> ValidateOptions.parse(List.of())).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> ValidateOptions.parse(List.of("a", "--ofline"))).isInstanceOf(UsageException.class)
                .hasMessageContaining("There is no option --ofline");
        assertThatThrownBy(() -> ValidateOptions.parse(List.of("a", "--drop"))).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> ValidateOptions.parse(List.of("/"))).isInstanceOf(UsageException.class);
        assertThat(ValidateOptions.parse(List.of("--json", "--", "--offline")).bundles()).containsExactly(Path.of("--offline"));
        assertThat(CommandLine.parse(new String[] {"--validate", "a", "--config", "b", "--offline"}).operands())
                .containsExactly("a", "--offline");
        assertThat(CommandLine.usage()).contains("--validate PATH... [--offline] [--drop NAME] [--json]");
    }
}
