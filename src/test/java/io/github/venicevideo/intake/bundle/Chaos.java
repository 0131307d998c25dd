package io.github.venicevideo.intake.bundle;

import io.github.venicevideo.intake.draft.Fields;
import io.github.venicevideo.intake.media.Samples;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Bundles that nobody would think of, the same ones for the same seed. */
final class Chaos {

    private static final List<String> NAMES = List.of("prompt.txt", "negative_prompt.md", "request.json", "request.yaml",
            "image.png", "end_image.jpg", "audio.wav", "audio.mp3", "video.mp4", "reference_image_1.webp",
            "reference_video_1.mov", "reference_audio_1.mp3", "reference_document_1.pdf", "element_1_frontal.heic",
            "keyframe_0.gif", "scene_image_1.bmp", "any", "..", ".ready", "a/b/c.png", "-rf", "CON", "a.zip",
            "../secret.png", "/etc/passwd", "a/../../secret.png", "..\\secret.png", "C:secret.png", "\u202egnp.txt",
            "./image.png", "image.png/", "Image.PNG", "li\nne.png", "x".repeat(255));
    private static final List<String> FORMATS = List.of("png", "jpg", "gif", "bmp", "webp", "heic", "heif", "avif", "m4a",
            "mp4", "mov", "webm", "wav", "mp3", "mp3-bare", "pdf", "html", "svg", "txt", "junk");
    private static final List<String> FIELDS = Stream.concat(Fields.names(Fields.ALL).stream(),
            Stream.of("bundle", "frame_index", "frontal_image_url", "takes", "x")).toList();
    private static final List<String> VALUES = List.of("null", "true", "-1", "5", "1e400", "2147483648", "\"\"", "\"5s\"",
            "\"p\"", "\"16:9\"", "\"seedance-2-0-reference-to-video\"", "\"topaz-video-upscale\"", "\"\\ud83d\"", "NaN",
            "\"../secret.png\"", "\"secret.png\"", "\"/etc/passwd\"", "\"http://127.0.0.1/a\"", "\"https://e.org/a\"",
            "\"https://[::1\"", "\"data:image/png;base64,AAAA\"", "\"" + Samples.dataUrl("image/png", Samples.PNG) + "\"",
            "\"<Image 9>\"", "\"@Element2147483648\"", "\"<Video 00000000000000000001>\"", "\"file:///etc/passwd\"", "{}", "[]");

    private final Random random;

    Chaos(long seed) {
        this.random = new Random(seed);
    }

    Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            files.put(random.nextInt(6) == 0 ? text(20) : of(NAMES), contents());
        }
        return files;
    }

    /** The bytes with a few of them changed, some taken away or some hung on; or as they are. */
    byte[] torn(byte[] bytes) {
        byte[] torn = java.util.Arrays.copyOf(bytes, random.nextInt(4) == 0 ? random.nextInt(bytes.length + 50) : bytes.length);
        for (int i = random.nextInt(4); i > 0 && torn.length > 0; i--) {
            torn[random.nextInt(Math.min(torn.length, 300))] = (byte) random.nextInt(256);
        }
        return torn;
    }

    String object(int depth) {
        StringBuilder object = new StringBuilder("{");
        for (int i = random.nextInt(depth > 2 ? 8 : 3); i >= 0; i--) {
            object.append('"').append(of(FIELDS)).append("\":").append(value(depth)).append(i == 0 ? "" : ",");
        }
        return object.append('}').toString();
    }

    private String value(int depth) {
        int kind = depth == 0 ? 0 : random.nextInt(4);
        if (kind == 3) {
            return object(depth - 1);
        }
        return kind < 2 ? of(VALUES) : "[" + value(depth - 1) + (random.nextBoolean() ? "" : "," + value(depth - 1)) + "]";
    }

    private byte[] contents() {
        return switch (random.nextInt(5)) {
            case 0 -> Samples.utf8(object(3));
            case 1 -> Samples.utf8(text(200));
            case 2 -> Samples.named(of(FORMATS));
            default -> torn(Samples.named(of(FORMATS)));
        };
    }

    private String text(int longest) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(longest); i >= 0; i--) {
            text.appendCodePoint(random.nextInt(3) == 0 ? 1 + random.nextInt(0x2fff) : ' ' + random.nextInt(0x5f));
        }
        return text.toString();
    }

    private String of(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }
}
