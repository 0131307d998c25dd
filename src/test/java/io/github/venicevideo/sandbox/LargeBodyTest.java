package io.github.venicevideo.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.sandbox.call.SandboxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A JVM of 64 MB takes 34 MB of media: from its own client, as the program in sandbox mode does. */
@Timeout(300)
class LargeBodyTest {

    private static final int BODY = 34_000_000;

    @TempDir
    Path dir;

    @Test
    void takesALargeBodyInASmallHeap() throws Exception {
        Process jvm = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m",
                "-cp", System.getProperty("java.class.path"), LargeBodyTest.class.getName(), dir.toString())
                .redirectErrorStream(true).redirectOutput(dir.resolve("out.txt").toFile()).start();

        try {
            assertThat(jvm.waitFor(100, TimeUnit.SECONDS)).isTrue();
        } finally {
            jvm.destroyForcibly();
        }
        assertThat(Files.readString(dir.resolve("out.txt"))).contains("status=200").contains("bytes=25500000");
    }

    /** The child: starts a sandbox, and sends it one request. */
    public static void main(String[] args) throws IOException {
        byte[] piece = Arrays.copyOf(Samples.png(400, 400), 30_000);
        byte[] prefix = ("{\"model\": \"seedance-2-0-image-to-video\", \"prompt\": \"x\", \"duration\": \"5s\", "
                + "\"image_url\": \"data:image/png;base64,").getBytes(StandardCharsets.US_ASCII);
        byte[] base64 = Base64.getEncoder().encode(piece);
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.forTests(Path.of(args[0])))) {
            HttpURLConnection post = (HttpURLConnection) URI.create(sandbox.apiUrl() + "/video/queue").toURL()
                    .openConnection();
            post.setDoOutput(true);
            post.setRequestProperty("Content-Type", "application/json");
            int pieces = BODY / base64.length;
            post.setFixedLengthStreamingMode(prefix.length + pieces * base64.length + 2);
            try (OutputStream out = post.getOutputStream()) {
                out.write(prefix);
                for (int i = 0; i < pieces; i++) {
                    out.write(base64);
                }
                out.write("\"}".getBytes(StandardCharsets.US_ASCII));
            }
            System.out.println("status=" + post.getResponseCode());
            try (InputStream in = post.getInputStream()) {
                in.readAllBytes();
            }
            Path media = sandbox.accepted().get(0).mediaByPointer().get("/image_url");
            System.out.println("bytes=" + Files.size(media));
        }
    }
}
