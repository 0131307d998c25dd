package io.github.venicevideo.intake.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.intake.media.Samples;
import io.github.venicevideo.intake.names.BundleNames;
import io.github.venicevideo.intake.names.IgnoredNames;
import io.github.venicevideo.intake.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies in people's folders beside what they mean: leavings, stand-ins, and texts that are none. */
@Timeout(180)
class FoundBesideTest {

    @TempDir
    private Path work;

    private BundleDrop drop() {
        return new BundleDrop(work);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Icon\r", "image.png:Zone.Identifier", "image.png:Zone.Identifier:$DATA",
            "image.png\uf03aZone.Identifier", "prompt.txt:AFP_AfpInfo", "image.png:com.dropbox.attributes", "notes.txt~",
            "~$brief.docx", ".~lock.brief.odt#", "prompt.txt.swp", ".prompt.txt.swp", "image.png.bak", "prompt.txt.orig",
            "prompt.txt.save", "#prompt.txt#", "Thumbs.db", "ehthumbs.db", "Desktop.ini", "image.xmp", "IMG_1.AAE",
            "prompt.txt.sb-1a2b3c4d-Xy12Za", "@eaDir/image.png@SynoEAStream", "@eaDir/x.png", "#recycle/x.png",
            "$RECYCLE.BIN/x.png", "System Volume Information/x.png", "__MACOSX/._image.png", ":2eDS_Store",
            "error.txt", "answer.json", "answer-form.json", "answer-refused.json", "answer-error.txt", "answer.json.txt"})
    void leavingsAreIgnoredEverywhereAlike(String name) {
        assertThat(IgnoredNames.isIgnored(Path.of(name))).isTrue();

        Map<String, byte[]> files = new LinkedHashMap<>(Samples.files("prompt.txt", "=p", "image.png", "png", name, "png"));
        assertThat(drop().folder(files).media()).containsExactly("/image_url=image.png");
        assertThat(drop().file("gondola.zip", Samples.zip(files)).media()).containsExactly("/image_url=image.png");
    }

    @ParameterizedTest
    @ValueSource(strings = {"answer-2.png", "Answer.jpg", "answer (1).png", "answer.png", "answer_final.png", "old.png",
            "image.old.png", "bak.png", "my~picture.png", "icon.png", "swp.png", "recycle.png", "job.png", "error.png"})
    void peoplesPicturesAreUsed(String name) {
        assertThat(drop().folder("prompt.txt", "=p", name, "png").media())
                .containsExactly("/image_url=" + name);
    }

    @Test
    void aFolderMayBeCalledWhatAFileMayNot() {
        assertThat(drop().folder("request.json", "={\"prompt\":\"p\",\"image_url\":\"shots.old/a.png\"}", "shots.old/a.png",
                "png").media()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {".image.png.icloud", "image.png.icloud", "image.png.nextcloud", "image.png.owncloud",
            "image.png.cloud", "brief.gdoc", "image.png.dvc"})
    void whatStandsInForAFileIsNotDownloadedYet(String name) {
        Map<String, byte[]> files = Samples.files("prompt.txt", "=p", name, "=bplist00");

        assertThat(drop().folder(files).found()).containsExactly("not-downloaded " + name);
        assertThat(drop().file("gondola.zip", Samples.zip(files)).found()).containsExactly("not-downloaded " + name);
        assertThat(drop().file(name, "bplist00").found()).containsExactly("not-downloaded " + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n",
            "/annex/objects/SHA256E-s1945--aaaa.png\n", "../.git/annex/objects/Zx/4k/SHA256E-s1945--aaaa.png"})
    void pointersOfRepositoriesAreNotTheFile(String pointer) {
        for (String name : new String[] {"image.png", "holiday.jpg", "reference_video_1.mp4"}) {
            assertThat(new BundleDrop(work.resolve(name)).folder("prompt.txt", "=p", name, "=" + pointer).problems())
                    .singleElement().satisfies(problem -> {
                        assertThat(problem.code()).isEqualTo("not-downloaded");
                        assertThat(problem.sentence()).startsWith(name).containsAnyOf("git lfs pull", "git annex get");
                    });
        }
        assertThat(drop().file("gondola.txt", pointer).found()).containsExactly("not-downloaded gondola.txt");
    }

    @Test
    void nothingButZerosIsNotDownloadedYet() {
        Map<String, byte[]> files = Samples.files("prompt.txt", "=p");
        files.put("image.png", new byte[200_000]);

        assertThat(drop().folder(files).problems()).singleElement().extracting(Problem::sentence).asString()
                .contains("image.png", "nothing but zeros", "drop the bundle again");
    }

    @ParameterizedTest
    @ValueSource(strings = {"holiday.url", "holiday.lnk", "holiday.webloc"})
    void shortcutsAreLinks(String name) {
        assertThat(drop().folder("prompt.txt", "=p", name, "=[InternetShortcut]\r\nURL=https://example.org/a.png").found())
                .containsExactly("link " + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\\rtf1\\ansi A gondola}", "<!DOCTYPE html><html><body>A gondola</body></html>",
            "\ufeff  <html><p>A gondola", "<?xml version=\"1.0\"?>\n<html><p>A gondola", "%PDF-1.7\nA gondola",
            "PK\u0003\u0004\u0014A gondola", "<?xml version=\"1.0\"?><pkg:package/>", "%!PS-Adobe-3.0", "A gondola\u0000\u0001",
            "MIME-Version: 1.0\nContent-Type: multipart/related", "<!-- saved --><HTML>"})
    void textsThatAreNonAreRefused(String text) {
        for (String name : new String[] {"prompt.txt", "idea.md", "negative_prompt.txt"}) {
            assertThat(new BundleDrop(work.resolve(name)).folder("request.json", "={\"image_url\":\"https://example.org/a.png\"}",
                    name, "=" + text).problems()).anySatisfy(problem -> {
                        assertThat(problem.code()).isEqualTo("not-plain-text");
                        assertThat(problem.sentence()).startsWith(name).containsAnyOf("plain text");
                    });
        }
        assertThat(drop().file("gondola.txt", text).found()).containsExactly("not-plain-text gondola.txt");
    }

    @Test
    void wordOfTheOldKindIsToldFromAnotherEncoding() {
        byte[] doc = Samples.concat(Samples.hex("d0cf11e0a1b11ae1"), new byte[500]);

        assertThat(drop().file("gondola.txt", doc).problems()).singleElement().extracting(Problem::sentence).asString()
                .contains("Word", "plain text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"prompt\": \"A gondola\", \"duration\": \"5s\"}", "{ \"model\": \"m\" }",
            "prompt: A gondola\nduration: 5s\n", "model: m\nprompt: A gondola"})
    void aRequestIsNotReadOutAsThePrompt(String request) {
        assertThat(drop().file("gondola.txt", request).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("not-plain-text");
            assertThat(problem.sentence()).contains("request.");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"Prompt: A gondola at dawn", "{\"scene\": \"a canal\", \"camera\": \"slow\"}",
            "A model: tall, in red.\nThe light: soft.", "<b>Slowly</b> she walks", "A page\f and a\ttab\u000b",
            "[Image 1] walks", "<!doctype of love", "PKs and pans", "%PDF is a format"})
    void whatPeopleWriteIsTheirPrompt(String text) {
        assertThat(drop().file("gondola.txt", text).fields().path("prompt").textValue()).isEqualTo(text);
    }

    @Test
    void windowsHidesExtensions() {
        String json = "{\"prompt\": \"A gondola\", \"duration\": \"6s\"}";
        assertThat(drop().file("gondola.json.txt", json).fields().path("duration").textValue()).isEqualTo("6s");
        assertThat(drop().file("gondola.yaml.txt", "prompt: A gondola\nduration: 7s").fields().path("duration").textValue())
                .isEqualTo("7s");
        assertThat(drop().file("gondola.YML.TXT", "prompt: A gondola\nduration: 8s").fields().path("duration").textValue())
                .isEqualTo("8s");
        assertThat(drop().folder("request.json.txt", "=" + json, "image.png", "png").fields().path("prompt").textValue())
                .isEqualTo("A gondola");
        assertThat(new BundleDrop(work.resolve("2")).folder("prompt.txt.txt", "=A gondola", "image.png", "png").fields()
                .path("prompt").textValue()).isEqualTo("A gondola");
        assertThat(BundleNames.of("gondola.json.txt")).isEqualTo("gondola");
    }

    @ParameterizedTest
    @ValueSource(strings = {"prompt: A shirt #7 runs", "prompt: #7 runs\nduration: 5s", "prompt: 'x'\nnegative_prompt: grey # dull",
            "duration: 5s\nprompt: A\u00e9\ud83d\ude00 shirt\t#7"})
    void aPromptThatYamlCutsIsRefused(String yaml) {
        assertThat(drop().file("gondola.yaml", yaml).problems()).anySatisfy(problem -> {
            assertThat(problem.code()).isEqualTo("syntax");
            assertThat(problem.sentence()).contains("double quotes", "comment", "prompt.txt");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"prompt: \"A shirt #7 runs\"", "prompt: 'A shirt #7 runs' # draft", "prompt: |\n  A shirt #7 runs",
            "# draft\nprompt: A shirt#7 runs\n# end", "prompt: A shirt\nduration: 5s # short"})
    void whatYamlKeepsIsTaken(String yaml) {
        assertThat(drop().file("gondola.yaml", yaml).fields().path("prompt").textValue()).startsWith("A shirt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"@Image1 walks", "%50 more light", "`A` gondola", "[Image 1] walks", "{wide} A gondola", "*slow* walk",
            "!Look at it", "&Co walks", "\"Go\" says the man", "He says: go", "> A gondola", "- A gondola", "'Go' he says"})
    void aPromptThatMeansSomethingToYamlGetsTheSentenceThatHelps(String prompt) {
        assertThat(drop().file("gondola.yaml", "prompt: " + prompt + "\nduration: 5s").problems())
                .anySatisfy(problem -> assertThat(problem.sentence()).contains("double quotes")
                        .doesNotContain("indentation"));
    }

    @Test
    void obviousNamesAreUnderstood() {
        String[][] pairs = {{"first frame.jpg", "last frame.png"}, {"start.png", "end.jpg"}, {"First_Frame.PNG", "Last-Frame.png"},
                {"firstframe.png", "lastframe.png"}, {"start image.png", "final image.png"}, {"first.png", "last.png"}};
        for (int i = 0; i < pairs.length; i++) {
            assertThat(new BundleDrop(work.resolve("pair" + i)).folder("prompt.txt", "=p", pairs[i][0], "png", pairs[i][1], "jpg")
                    .media()).containsExactly("/image_url=" + pairs[i][0], "/end_image_url=" + pairs[i][1]);
        }
        assertThat(drop().folder("prompt.txt", "=p", "a.png", "png", "b.png", "png").problems().get(0).sentence())
                .contains("image.* (the first frame)", "end_image.* (the last frame)");
        assertThat(new BundleDrop(work.resolve("text")).folder("start.txt", "=p").fields().path("prompt").textValue())
                .isEqualTo("p");
    }

    @Test
    void otherEncodingsStayRefused() {
        assertThat(drop().file("gondola.txt", "Caf\u00e9 au bord".getBytes(StandardCharsets.ISO_8859_1)).found())
                .containsExactly("not-utf8 gondola.txt");
    }
}
