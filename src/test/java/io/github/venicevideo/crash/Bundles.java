package io.github.venicevideo.crash;

import io.github.venicevideo.sandbox.Sandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is dropped. */
final class Bundles {

    /** Comes with two addresses: the queue's answer holds the {@code download_url}. */
    static final String PRIVATE_MODEL = "wan-2-2-a14b-text-to-video";

    /** One whose typical time a test sets to seconds. */
    static final String SLOW_MODEL = "wan-2-7-text-to-video";

    private Bundles() {
    }

    /** A prompt, to be taken at once. */
    static Map<String, byte[]> text(String prompt) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("prompt.txt", prompt.getBytes(StandardCharsets.UTF_8));
        files.put(".ready", new byte[0]);
        return files;
    }

    /** The same for another model than the usual one. */
    static Map<String, byte[]> text(String prompt, String model) {
        return manifest(prompt, "{\"model\": \"" + model + "\"}");
    }

    static Map<String, byte[]> manifest(String prompt, String json) {
        Map<String, byte[]> files = text(prompt);
        files.put("request.json", json.getBytes(StandardCharsets.UTF_8));
        return files;
    }

    static Map<String, byte[]> image(String prompt, byte[] image) {
        Map<String, byte[]> files = text(prompt);
        files.put("image.jpg", image);
        return files;
    }

    /** A picture that shows a face, as the sandbox sees it; another one for each number. */
    static byte[] face(int number) throws IOException {
        return jpegWith((Sandbox.FACE_MARKER + " " + number).getBytes(StandardCharsets.US_ASCII));
    }

    /** A picture that no consent helps; another one for each number. */
    static byte[] refused(int number) throws IOException {
        return jpegWith((Sandbox.MINOR_MARKER + " " + number).getBytes(StandardCharsets.US_ASCII));
    }

    /** A picture of a given size. */
    static byte[] jpeg(int bytes) throws IOException {
        return Arrays.copyOf(jpegWith(new byte[0]), bytes);
    }

    private static byte[] jpegWith(byte[] more) throws IOException {
        try (InputStream in = Bundles.class.getClassLoader()
                .getResourceAsStream("venice-video/samples/2-image/image.jpg")) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            in.transferTo(out);
            out.write(more);
            return out.toByteArray();
        }
    }

    /** Drops a folder, whole, by one rename. */
    static void drop(Path drop, String name, Map<String, byte[]> files) throws IOException {
        Files.createDirectories(drop);
        Path staged = Files.createTempDirectory(drop.getParent(), ".staged");
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(staged.resolve(file.getKey()), file.getValue());
        }
        Files.move(staged, drop.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
