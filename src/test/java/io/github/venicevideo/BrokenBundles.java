package io.github.venicevideo;

import static io.github.venicevideo.SampleMedia.dataUrl;
import static io.github.venicevideo.SampleMedia.heic;
import static io.github.venicevideo.SampleMedia.mp4;
import static io.github.venicevideo.SampleMedia.png;
import static io.github.venicevideo.SampleMedia.utf8;
import static io.github.venicevideo.SampleMedia.wav;
import static io.github.venicevideo.SampleMedia.zip;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sixty bundles, each wrong in its own way. Several try to get at a file beside the home: the canary. */
final class BrokenBundles {

    private static final String HTML = "<!DOCTYPE html>\n<html><head><title>404</title></head><body></body></html>";
    private static final String REFERENCES = "\"model\": \"seedance-2-0-reference-to-video\", \"duration\": \"5s\", \"prompt\": \"p\"";
    private static final String TEXT = "\"model\": \"wan-2-7-text-to-video\", \"duration\": \"5s\", \"prompt\": \"p\"";

    private final List<Broken> all = new ArrayList<>();
    private final Path canary;

    /**
     * A wrong bundle.
     *
     * @param name of the bundle
     * @param entry what it is dropped as: its name, or that with an extension for a single file
     * @param files by name; for a single file, its bytes under the empty name
     * @param code of a problem that it has
     * @param field at fault; empty where a file is
     */
    record Broken(String name, String entry, Map<String, byte[]> files, String code, String field, Prepared prepared) {
    }

    /** What a bundle needs besides files. */
    interface Prepared {
        void in(Path folder) throws IOException;
    }

    private BrokenBundles(Path canary) {
        this.canary = canary;
    }

    static List<Broken> around(Path canary) throws IOException {
        BrokenBundles bundles = new BrokenBundles(canary);
        bundles.texts();
        bundles.fields();
        bundles.files();
        bundles.media();
        bundles.models();
        bundles.hostile();
        return bundles.all;
    }

    private void texts() {
        json("cut", "{\"prompt\": \"x\"", "syntax", "");
        yaml("tabs", "prompt:\n\t- x", "syntax", "");
        json("nan", "{" + TEXT + ", \"x\": NaN}", "syntax", "");
        json("twice", "{\"prompt\": \"p\", \"prompt\": \"q\"}", "duplicate-key", "prompt");
        yaml("yaml twice", "prompt: p\nprompt: q\n", "duplicate-key", "prompt");
        json("list", "[1]", "not-an-object", "");
        json("deep", "{\"x\": " + "[".repeat(500) + "]".repeat(500) + "}", "too-complex", "");
        yaml("anchors", laughs(), "too-complex", "");
        json("half a character", "{\"prompt\": \"half \\ud83d\"}", "broken-character", "prompt");
        folder("latin-1", "not-utf8", "", Map.of("prompt.txt", "G\u00f6ndola".getBytes(StandardCharsets.ISO_8859_1)));
        folder("utf-16", "not-utf8", "", Map.of("request.json", "{\"prompt\": \"p\"}".getBytes(StandardCharsets.UTF_16LE)));
        folder("blank", "out-of-bounds", "prompt", Map.of("prompt.txt", utf8("  \n")));
        folder("no byte", "empty-file", "", Map.of("prompt.txt", new byte[0]));
    }

    private void fields() {
        json("near miss", "{" + TEXT + ", \"aspect_ration\": \"16:9\"}", "unknown-field", "aspect_ration");
        json("near miss of ours", "{" + TEXT + ", \"bundel\": {\"takes\": 2}}", "unknown-field", "bundel");
        json("number", "{\"prompt\": \"p\", \"duration\": 5.5}", "wrong-type", "duration");
        json("null", "{\"prompt\": null}", "wrong-type", "prompt");
        json("text for a flag", "{\"prompt\": \"p\", \"audio\": \"yes\"}", "wrong-type", "audio");
        json("object for a list", "{\"prompt\": \"p\", \"elements\": {}}", "wrong-type", "elements");
        json("consent by halves", "{\"prompt\": \"p\", \"consents\": {\"seedance\": {\"confirmed_legal_right\": true}}}",
                "consents", "");
        json("no takes", "{\"prompt\": \"p\", \"bundle\": {\"takes\": 0}}", "bundle-option", "bundle.takes");
        json("the moon", "{\"prompt\": \"p\", \"bundle\": {\"deliver_to\": \"moon\"}}", "bundle-option", "bundle.deliver_to");
        json("less than nothing", "{\"prompt\": \"p\", \"bundle\": {\"max_price_usd\": -1}}", "bundle-option",
                "bundle.max_price_usd");
    }

    private void files() {
        folder("two manifests", "second-manifest", "", Map.of("request.json", utf8("{}"), "other.json", utf8("{}"),
                "prompt.txt", utf8("p")));
        folder("two pictures", "unnamed-medium", "", Map.of("prompt.txt", utf8("p"), "a.png", png("a"), "b.png", png("b")));
        folder("two firsts", "given-twice", "image_url", Map.of("prompt.txt", utf8("p"), "image.png", png("a"), "image.jpg", png("b")));
        folder("a stranger", "unknown-file", "", Map.of("prompt.txt", utf8("p"), "notes.bin", new byte[] {0, 1, 2, 3}));
        json("not there", "{\"prompt\": \"p\", \"image_url\": \"picture.png\"}", "file-not-found", "image_url");
        file("alone.exe", "not-a-bundle", utf8("MZ"));
    }

    private void media() {
        picture("a page", utf8(HTML), "wrong-medium");
        picture("a drawing", utf8("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>"), "wrong-medium");
        picture("nothing", new byte[0], "empty-file");
        picture("cut off", Arrays.copyOf(png("cut"), 200), "cannot-be-opened");
        picture("too large", heic(27_000_000), "body-too-large");
        json("odd data", "{\"prompt\": \"p\", \"image_url\": \"data:image/png,x\"}", "bad-data-url", "image_url");
        json("a page as data", "{\"prompt\": \"p\", \"image_url\": \"" + dataUrl("image/png", utf8(HTML)) + "\"}", "wrong-medium",
                "image_url");
        references("too short", "reference_video_1.mp4", mp4(1), "clip-length", "reference_video_urls[0]");
        folder("too long together", "clip-length", "reference_video_urls", Map.of("request.json", utf8("{" + REFERENCES + "}"),
                "reference_video_1.mp4", mp4(9), "reference_video_2.mp4", mp4(8)));
        references("cut clip", "reference_video_1.mp4", Arrays.copyOf(mp4(5), 60), "cannot-be-opened", "reference_video_urls[0]");
        folder("long sound", "clip-length", "audio_url", Map.of("request.json", utf8("{" + TEXT + "}"), "audio.wav", wav(31)));
        references("sound alone", "reference_audio_1.wav", wav(3), "missing-medium", "reference_image_urls");
    }

    private void models() {
        json("no name of a model", "{\"model\": 9, \"duration\": \"5s\", \"prompt\": \"p\"}", "wrong-type", "model");
        json("no such length", "{\"model\": \"wan-2-2-a14b-text-to-video\", \"duration\": \"30s\", \"prompt\": \"p\"}", "not-allowed",
                "duration");
        json("no such ratio", "{" + TEXT + ", \"aspect_ratio\": \"16x9\"}", "not-allowed", "aspect_ratio");
        json("no sound to choose", "{" + TEXT + ", \"audio\": false}", "forbidden-field", "audio");
        json("too many words", "{\"model\": \"seedance-2-0-text-to-video\", \"duration\": \"5s\", \"prompt\": \"" + "p".repeat(5_000)
                + "\"}", "prompt-too-long", "prompt");
        json("names nobody", "{\"prompt\": \"Refer to <Image 3>\"}", "not-attached", "prompt");
        json("two frames on one", "{\"model\": \"ltx-2-3-keyframes-to-video\", \"duration\": \"6s\", \"prompt\": \"p\", \"keyframes\": ["
                + frame(0) + "," + frame(0) + "]}", "keyframe", "keyframes[1].frame_index");
        json("after the end", "{\"model\": \"ltx-2-3-keyframes-to-video\", \"duration\": \"6s\", \"prompt\": \"p\", \"keyframes\": ["
                + frame(900) + "]}", "keyframe", "keyframes[0].frame_index");
        json("eight together", "{\"model\": \"kling-o3-pro-reference-to-video\", \"duration\": \"5s\", \"prompt\": \"p\", \"elements\": ["
                + "{\"frontal_image_url\": \"https://example.org/a.png\"},".repeat(3)
                + "{\"frontal_image_url\": \"https://example.org/a.png\"}], \"scene_image_urls\": ["
                + "\"https://example.org/a.png\",".repeat(3) + "\"https://example.org/a.png\"]}", "too-many-references", "elements");
        folder("upscaled by shape", "forbidden-field", "aspect_ratio", Map.of("request.json",
                utf8("{\"model\": \"topaz-video-upscale\", \"aspect_ratio\": \"16:9\"}"), "video.mp4", mp4(3)));
    }

    private void hostile() throws IOException {
        json("up and out", "{\"prompt\": \"p\", \"image_url\": \"../../" + canary.getFileName() + "\"}", "file-outside", "image_url");
        json("from the root", "{\"prompt\": \"p\", \"image_url\": \"" + canary + "\"}", "file-outside", "image_url");
        json("a file url", "{\"prompt\": \"p\", \"image_url\": \"" + canary.toUri() + "\"}", "bad-url", "image_url");
        json("this machine", "{\"prompt\": \"p\", \"image_url\": \"https://good.org@2130706433/a.png\"}", "private-url", "image_url");
        json("this machine in six", "{\"prompt\": \"p\", \"image_url\": \"http://[::ffff:7f00:1]/a.png\"}", "private-url", "image_url");
        folder("a link", "link", "", Map.of("prompt.txt", utf8("p")),
                folder -> Files.createSymbolicLink(folder.resolve("image.png"), canary));
        file("slip.zip", "unsafe-name", zip(Map.of("prompt.txt", "p", "../../" + canary.getFileName(), "overwritten")));
        file("bomb.zip", "file-too-large", zip(Map.of("prompt.txt", new byte[40_000_000])));
        file("half.zip", "zip-damaged", Arrays.copyOf(zip(Map.of("prompt.txt", "p")), 60));
    }

    private static String frame(int index) {
        return "{\"image_url\": \"https://example.org/a.png\", \"frame_index\": " + index + "}";
    }

    private static String laughs() {
        StringBuilder yaml = new StringBuilder("prompt: p\na0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 10; i++) {
            yaml.append("a").append(i).append(": &a").append(i).append(" [").append(("*a" + (i - 1) + ", ").repeat(8))
                    .append("*a").append(i - 1).append("]\n");
        }
        return yaml.toString();
    }

    private void json(String name, String text, String code, String field) {
        folder(name, code, field, Map.of("request.json", utf8(text)));
    }

    private void yaml(String name, String text, String code, String field) {
        folder(name, code, field, Map.of("request.yaml", utf8(text)));
    }

    private void picture(String name, byte[] bytes, String code) {
        folder(name, code, "", Map.of("prompt.txt", utf8("p"), "image.png", bytes));
    }

    private void references(String name, String file, byte[] bytes, String code, String field) {
        folder(name, code, field, Map.of("request.json", utf8("{" + REFERENCES + "}"), file, bytes));
    }

    private void folder(String name, String code, String field, Map<String, byte[]> files) {
        folder(name, code, field, files, folder -> { });
    }

    private void folder(String name, String code, String field, Map<String, byte[]> files, Prepared prepared) {
        Map<String, byte[]> ready = new LinkedHashMap<>(files);
        ready.put(".ready", new byte[0]);
        all.add(new Broken(name, name, ready, code, field, prepared));
    }

    private void file(String entry, String code, byte[] bytes) {
        String name = entry.endsWith(".zip") ? entry.substring(0, entry.length() - 4) : entry;
        all.add(new Broken(name, entry, Map.of("", bytes), code, "", folder -> { }));
    }
}
