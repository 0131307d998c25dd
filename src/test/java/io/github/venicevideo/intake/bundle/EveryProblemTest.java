package io.github.venicevideo.intake.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.venicevideo.intake.media.Samples;
import io.github.venicevideo.intake.problem.Problem;
import io.github.venicevideo.intake.problem.ProblemCode;
import io.github.venicevideo.intake.problem.ReadLimits;
import io.github.venicevideo.intake.rules.DropDefaults;
import io.github.venicevideo.intake.rules.RulesTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One wrong bundle for each problem there is: it is found, says where, and tells a way out. */
@Timeout(180)
class EveryProblemTest {

    private static final ReadLimits SMALL = new ReadLimits(5, 20_000_000, 1_000_000, 100_000, 1_000, 100, 30_000_000);
    private static final String PROMPT = "\"duration\":\"5s\",\"prompt\":\"p\",\"model\":";
    private static final String SEEDANCE = PROMPT + "\"seedance-2-0-reference-to-video\"";

    @TempDir
    private Path work;

    /** Said with a place and a way out: what may stand there instead, or what to do. */
    static void isWhole(Problem problem) {
        assertThat(problem.file() + problem.field()).as("where: %s", problem).isNotBlank();
        assertThat(problem.allowed() + problem.hint()).as("way out: %s", problem).isNotBlank();
        assertThat(problem.sentence()).doesNotContain("\n").hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @EnumSource(ProblemCode.class)
    void isFoundWithAPlaceAndAWayOut(ProblemCode code) throws Exception {
        assertThat(drop(code).problems()).allSatisfy(EveryProblemTest::isWhole)
                .extracting(Problem::code).contains(code.code());
    }

    private BundleDrop drop(ProblemCode code) throws Exception {
        BundleDrop drop = new BundleDrop(work).with(RulesTest.sandboxes());
        return switch (code) {
            case NOT_A_BUNDLE -> drop.file("holiday.exe", "x");
            case EMPTY_BUNDLE -> drop.folder(Map.of(".DS_Store", new byte[1]));
            case TOO_MANY_FILES -> drop.with(SMALL).folder(many());
            case FILE_TOO_LARGE -> drop.with(SMALL).file("long.txt", "p".repeat(1_000_000));
            case EMPTY_FILE -> drop.folder("prompt.txt", "=p", "image.png", "=");
            case LINK -> {
                drop.folder("prompt.txt", "=p");
                Files.createSymbolicLink(drop.path().resolve("image.png"), work);
                yield drop;
            }
            case SPECIAL_FILE -> {
                drop.folder("prompt.txt", "=p");
                assumeThat(new ProcessBuilder("mkfifo", drop.path().resolve("image.png").toString()).start().waitFor())
                        .isZero();
                yield drop;
            }
            case UNSAFE_NAME -> drop.zip("prompt.txt", "=p", "../image.png", "png");
            case UNKNOWN_FILE -> drop.folder("prompt.txt", "=p", "notes.bin", "junk");
            case UNNAMED_MEDIUM -> drop.folder("prompt.txt", "=p", "a.png", "png", "b.png", "png");
            case GIVEN_TWICE -> drop.folder("prompt.txt", "=p", "image.png", "png", "image.jpg", "jpg");
            case SECOND_MANIFEST -> drop.folder("request.json", "={}", "prompt.txt", "=p", "other.json", "={}");
            case SECOND_PROMPT -> drop.folder("prompt.txt", "=p", "notes.txt", "=q");
            case NOT_DOWNLOADED -> drop.folder("prompt.txt", "=p", ".image.png.icloud", "=bplist00");
            case NOT_PLAIN_TEXT -> drop.file("gondola.txt", "{\\rtf1\\ansi A gondola}");
            case ZIP_DAMAGED -> drop.file("gondola.zip", Arrays.copyOf(Samples.zip(Samples.files("prompt.txt", "=p")), 60));
            case ZIP_METHOD -> drop.file("gondola.7z", Samples.concat(Samples.hex("377abcaf271c"), new byte[100]));
            case ZIP_NAMES -> drop.file("gondola.zip", NamedZip.of("GBK", "prompt.txt", "\u9f98\u9f98.png"));
            case ZIP_ENCRYPTED -> drop.file("gondola.zip", encrypted());
            case ZIP_TOO_LARGE -> drop.with(SMALL).file("gondola.zip",
                    Samples.zip(Map.of("image.png", new byte[25_000_000])));
            case ZIP_INSIDE -> drop.folder(Map.of("prompt.txt", Samples.utf8("p"), "a.zip", Samples.zip(Map.of())));
            case NOT_UTF8 -> drop.file("gondola.txt", new byte[] {(byte) 0xc3, 0x28, 0x41});
            case SYNTAX -> json("{\"prompt\":");
            case DUPLICATE_KEY -> json("{\"prompt\":\"p\",\"prompt\":\"q\"}");
            case NOT_AN_OBJECT -> json("[1]");
            case TOO_COMPLEX -> json("{\"x\":" + "[".repeat(500) + "]".repeat(500) + "}");
            case BROKEN_CHARACTER -> json("{\"prompt\":\"\\ud83d\"}");
            case UNKNOWN_FIELD -> json("{\"promt\":\"p\"}");
            case WRONG_TYPE -> json("{" + PROMPT + "7}");
            case OUT_OF_BOUNDS -> json("{\"prompt\":\"\"}");
            case MISSING_FIELD -> drop.with(DropDefaults.NONE).file("gondola.txt", "p");
            case CONSENTS -> json("{\"prompt\":\"p\",\"consents\":true}");
            case BUNDLE_OPTION -> json("{\"prompt\":\"p\",\"bundle\":{\"takes\":0}}");
            case FILE_NOT_FOUND -> drop.folder("request.json", "={\"image_url\":\"a.png\"}", "prompt.txt", "=p");
            case FILE_OUTSIDE -> drop.folder("request.json", "={\"image_url\":\"../a.png\"}", "prompt.txt", "=p");
            case BAD_URL -> json("{\"prompt\":\"p\",\"image_url\":\"file:///a.png\"}");
            case PRIVATE_URL -> json("{\"prompt\":\"p\",\"image_url\":\"http://0x7f.1/a.png\"}");
            case BAD_DATA_URL -> json("{\"prompt\":\"p\",\"image_url\":\"data:image/png,x\"}");
            case WRONG_MEDIUM -> drop.folder("prompt.txt", "=p", "image.png", "html");
            case CANNOT_BE_OPENED -> drop.folder(Map.of("prompt.txt", Samples.utf8("p"), "image.png",
                    Arrays.copyOf(Samples.PNG, 50)));
            case PICTURE_SIZE -> drop.folder("request.json", "={" + SEEDANCE + "}", "reference_image_1.png", "png");
            case CLIP_LENGTH -> drop.folder(Map.of("request.json", Samples.utf8("{" + SEEDANCE + "}"),
                    "reference_video_1.mp4", Samples.movie("isom", 1)));
            case MEDIUM_TOO_LARGE -> drop.folder(Map.of("request.json", Samples.utf8("{" + PROMPT
                    + "\"wan-2-7-text-to-video\"}"), "audio.mp3", Samples.concat(Samples.mp3(3), new byte[15_000_000])));
            case UNKNOWN_MODEL -> drop.with(RulesTest.todays().at(Instant.parse("2026-10-01T00:00:00Z")))
                    .file("gondola.json", "{" + PROMPT + "\"sora-2-text-to-video\"}");
            case NOT_ALLOWED -> json("{" + SEEDANCE + ",\"resolution\":\"8k\"}");
            case FORBIDDEN_FIELD -> json("{" + SEEDANCE + ",\"upscale_factor\":2}");
            case PROMPT_TOO_LONG -> json("{\"model\":\"seedance-2-0-text-to-video\",\"prompt\":\"" + "p".repeat(5_000) + "\"}");
            case MISSING_MEDIUM -> json("{" + SEEDANCE + "}");
            case NOT_ATTACHED -> json("{\"prompt\":\"<Image 1>\"}");
            case TOO_MANY_REFERENCES -> json("{\"prompt\":\"p\",\"elements\":[{},{},{},{}],\"scene_image_urls\":["
                    + "\"https://e.org/a\",".repeat(3) + "\"https://e.org/a\"]}");
            case KEYFRAME -> json("{\"prompt\":\"p\",\"duration\":\"5s\",\"keyframes\":[{\"image_url\":\"https://e.org/a\","
                    + "\"frame_index\":121}]}");
            case BODY_TOO_LARGE -> drop.folder(Map.of("prompt.txt", Samples.utf8("p"), "image.png",
                    Samples.concat(Samples.PNG, new byte[27_000_000])));
        };
    }

    private BundleDrop json(String text) {
        return new BundleDrop(work).with(RulesTest.sandboxes()).file("gondola.json", text);
    }

    private static Map<String, byte[]> many() {
        Map<String, byte[]> many = new LinkedHashMap<>();
        for (int i = 0; i < 9; i++) {
            many.put("reference_image_" + i + ".png", Samples.PNG);
        }
        return many;
    }

    /** The bit that says so, in both of a zip's headers. */
    private static byte[] encrypted() {
        byte[] zip = Samples.zip(Samples.files("prompt.txt", "=p"));
        for (int i = 0; i + 10 < zip.length; i++) {
            if (zip[i] == 'P' && zip[i + 1] == 'K' && (zip[i + 2] == 3 || zip[i + 2] == 1)) {
                zip[i + (zip[i + 2] == 3 ? 6 : 8)] |= 1;
            }
        }
        return zip;
    }
}
