package io.github.venicevideo.intake.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.intake.media.Samples;
import io.github.venicevideo.intake.problem.Problem;
import io.github.venicevideo.intake.rules.DropDefaults;
import io.github.venicevideo.intake.rules.ModelDefaults;
import io.github.venicevideo.intake.rules.RulesTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What people get wrong most, each with the very sentence that they read. */
@Timeout(180)
class CommonSlipsTest {

    private static final String VIDEO = "\"prompt\":\"p\",\"duration\":\"5s\",\"model\":\"seedance-2-0-text-to-video\"";

    private static final String ROLES = "image.* (the first frame), end_image.* (the last frame), audio.*, video.* (to upscale or to work on), "
            + "reference_image_1.*, reference_video_1.*, reference_audio_1.*, reference_document_1.*, element_1_frontal.*, "
            + "element_1_reference_1.*, element_1_video.*, scene_image_1.*, keyframe_120.*";
    private static final DropDefaults DEFAULTS = new DropDefaults(Map.of("duration", "5s"), new ModelDefaults(
            "seedance-2-0-text-to-video", "seedance-2-0-image-to-video", "seedance-2-0-reference-to-video", "", "", "", ""));

    @TempDir
    private Path work;

    static Stream<Arguments> slips() {
        return Stream.of(
                slip("a lone clip", drop -> drop.file("clip.mp4", Samples.MP4),
                        "clip.mp4: is nothing a video can be made from. Allowed: a folder, a .zip, a .json or .yaml "
                        + "request, a .txt or .md prompt. To have it upscaled, put it into a folder by itself, as "
                        + "video.mp4. To make a new video of it, put it into a folder as reference_video_1.mp4, with a "
                        + "prompt.txt beside it."),
                slip("a lone picture", drop -> drop.file("boat.jpg", Samples.picture("jpg", 400, 320)),
                        "boat.jpg: is nothing a video can be made from. Allowed: a folder, a .zip, a .json or .yaml "
                        + "request, a .txt or .md prompt. Put it into a folder as image.jpg, the first frame, with a "
                        + "prompt.txt beside it."),
                slip("a brief in Word", drop -> drop.folder(Map.of("brief.docx", Samples.zip(Map.of("word/document.xml", new byte[1])),
                        "image.jpg", Samples.picture("jpg", 400, 320))),
                        "brief.docx: is a file that a bundle has no use for. Allowed: prompt.txt, request.json, "
                        + ROLES
                        + ". Save its words as a plain text, prompt.txt, or take it out of the bundle."),
                slip("two pictures, neither named", drop -> drop.folder("prompt.txt", "=p", "IMG_1.png", "png", "IMG_2.png", "png"),
                        "IMG_1.png: does not say by its name what it is for. Allowed: "
                        + ROLES
                        + ". Rename it, or name it in a request.json."),
                slip("a prompt of TextEdit's", drop -> drop.folder("prompt.txt", "={\\rtf1\\ansi A boat}", "image.png", "png"),
                        "prompt.txt: is not a plain text. It is a formatted text (RTF). In TextEdit: Format, Make Plain "
                        + "Text; then save it again."),
                slip("a picture still in iCloud", drop -> drop.folder("prompt.txt", "=p", ".image.png.icloud", "=bplist00"),
                        ".image.png.icloud: is not downloaded yet: what lies there only stands in for it. Let the "
                        + "cloud's program download it (in its menu: keep on this device, or make available offline), and "
                        + "drop the bundle again."),
                slip("a raw picture", drop -> drop.folder(Map.of("prompt.txt", Samples.utf8("p"), "image.cr3",
                        Samples.concat(Samples.hex("00000018"), Samples.ascii("ftypcrx "), new byte[400]))),
                        "image.cr3, image_url: is not the kind of medium this field takes. Allowed: a picture (JPEG, "
                        + "PNG, WebP, HEIC, GIF, BMP, TIFF). It is a camera's raw picture (CR3), which no model develops: "
                        + "export a JPEG of it."),
                slip("half a picture", drop -> drop.folder(Map.of("prompt.txt", Samples.utf8("p"), "image.jpg",
                        Arrays.copyOf(Samples.picture("jpg", 400, 320), 900))),
                        "image.jpg, image_url: cannot be opened. It ends in the middle: it was not copied to its end, "
                        + "or is damaged. Open it on your own computer to see what is wrong, and save or copy it again."),
                slip("another archive", drop -> drop.file("boat.rar", Samples.concat(Samples.hex("526172211a0701"), new byte[400])),
                        "boat.rar: \"RAR\" cannot be unpacked: it is packed in a way that is not read here. Make a .zip "
                        + "of it with the method Deflate, or drop it as a folder."),
                slip("a folder of bundles", drop -> drop.folder("shot1/prompt.txt", "=p", "shot1/image.png", "png", "shot2/prompt.txt", "=q",
                        "shot2/image.png", "png"),
                        "gondola: is nothing a video can be made from. Allowed: one bundle in a folder. It holds 2 "
                        + "folders with a prompt or a request each: move each of them into the drop folder by itself."),
                slip("a comma too many", drop -> drop.file("boat.json", "{\"prompt\": \"p\",}"),
                        "boat.json: cannot be read. Line 1, column 16: Unexpected character ('}' (code 125)): was "
                        + "expecting double-quote to start field name. Take out the comma before it."),
                slip("a number sign in YAML", drop -> drop.file("boat.yaml", "prompt: The car #7 wins"),
                        "boat.yaml, prompt: \"#7 wins\" cannot be read. Line 1, column 16: YAML takes what comes after "
                        + "\" #\" for a comment and leaves it out. Put the text between double quotes (\"…\"), or write "
                        + "it into a prompt.txt. A comment needs a line of its own."),
                slip("an at sign in YAML", drop -> drop.file("boat.yaml", "prompt: @Image1 walks"),
                        "boat.yaml: cannot be read. Line 1, column 9: found character '@' that cannot start any token. "
                        + "In YAML a plain text cannot begin with @. Put the text between double quotes (\"…\"), or write "
                        + "it into a prompt.txt."),
                slip("a misspelt field", drop -> drop.file("boat.json", "{" + VIDEO + ",\"aspectratio\":\"16:9\"}"),
                        "boat.json, aspectratio: is not a field of a video request. Did you mean aspect_ratio?"),
                slip("a ratio with an x", drop -> drop.file("boat.json", "{" + VIDEO + ",\"aspect_ratio\":\"16x9\"}"),
                        "boat.json, aspect_ratio: \"16x9\" is not taken by this model. Allowed: one of 16:9, 9:16, 1:1, "
                        + "4:3, 3:4, 21:9, adaptive. Write it as 16:9."),
                slip("a resolution that is not listed", drop -> drop.file("boat.json", "{" + VIDEO + ",\"aspect_ratio\":\"16:9\",\"resolution\":2160}"),
                        "boat.json, resolution: \"2160p\" is not taken by this model. Allowed: one of 480p, 720p, "
                        + "1080p. The nearest is 1080p."),
                slip("a duration that is not listed", drop -> drop.file("boat.json", "{" + VIDEO.replace("5s", "20s") + "}"),
                        "boat.json, duration: \"20s\" is not taken by this model. Allowed: one of 4s, 5s, 6s, 7s, 8s, "
                        + "9s, 10s, 11s, 12s, 13s, 14s, 15s, auto. The nearest is 15s."),
                slip("a name that is not there", drop -> drop.folder("request.json", "={\"prompt\":\"p\",\"image_url\":\"Boat.JPG\"}",
                        "boat.png", "png"),
                        "request.json, image_url: \"Boat.JPG\" names a file that is not in the bundle. The nearest "
                        + "there is boat.png."),
                slip("a path of one's own disk", drop -> drop.file("boat.json", "{\"prompt\":\"p\",\"image_url\":\"C:\\\\Users\\\\Ada\\\\boat.png\"}"),
                        "boat.json, image_url: \"C:\\Users\\Ada\\boat.png\" does not name a file inside the bundle. "
                        + "Allowed: a name inside the bundle, with / between folders. Put the file into the bundle and "
                        + "write its name here."),
                slip("a picture that is not attached", drop -> drop.folder("prompt.txt", "=<Image 2> walks", "reference_image_1.png", "png"),
                        "prompt.txt, prompt: \"<Image 2>\" names what is not attached. Count from 1; 1 is attached."),
                slip("a text of an older editor", drop -> drop.file("boat.txt", "Caf\u00e9".getBytes(StandardCharsets.ISO_8859_1)),
                        "boat.txt: is not a UTF-8 text. Allowed: UTF-8. Save it again as UTF-8 (in the editor: Save as, "
                        + "Encoding)."),
                slip("a shortcut", drop -> {
                    drop.folder("prompt.txt", "=p");
                    try {
                        Files.createSymbolicLink(drop.path().resolve("image.png"), Path.of("/tmp"));
                    } catch (java.io.IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                    return drop;
                },
                        "image.png: is a link, and links are not followed. Put the file itself into the bundle."));
    }

    private static Arguments slip(String name, UnaryOperator<BundleDrop> made, String sentence) {
        return Arguments.of(name, made, sentence);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("slips")
    void getsTheSentenceThatHelps(String name, UnaryOperator<BundleDrop> made, String sentence) {
        BundleDrop drop = made.apply(new BundleDrop(work).with(RulesTest.sandboxes()).with(DEFAULTS));

        assertThat(drop.problems()).as(name).extracting(Problem::sentence).contains(sentence);
    }
}
