package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.ledger.job.HistoryEntry;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.call.LoggedRequest;
import io.github.venicevideo.sandbox.call.SandboxOptions;
import io.github.venicevideo.sandbox.call.SandboxOptions.Clip;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * How fast videos come and requests go, each beside the least that any program would have to do with the same bytes, on the
 * same machine in the same minute. Figures, no bounds: {@code mvn verify -Pbench}.
 */
@Tag("bench")
@Timeout(600)
class WireSpeedIT {

    private static final int ROUNDS = 5;
    private static final int VIDEO_BYTES = 200_000_000;
    private static final int PICTURE_BYTES = 24_000_000;

    @TempDir
    private Path folder;

    /** From the request for a finished video to {@code retrieved}, against GET, SHA-256 and sync of the same bytes. */
    @Test
    void fetchingAVideo() throws Exception {
        SandboxOptions options = SandboxOptions.forTests(folder.resolve("sandbox")).withMedian(Duration.ofMillis(20))
                .withClip(Clip.TINY.padded(VIDEO_BYTES));
        List<Double> ours = new ArrayList<>();
        List<Double> least = new ArrayList<>();
        try (Station station = Station.in(folder, options)) {
            station.startImpatient();
            for (int i = 0; i < ROUNDS; i++) {
                String name = "round" + i;
                station.dropReady(name, Map.of("prompt.txt", name));
                String id = station.awaitDone(name).path("job_id").asText();
                String queueId = station.ledger().jobs().find(id).orElseThrow().queueId().orElseThrow();
                Instant asked = station.sandbox().requests(Call.RETRIEVE).stream()
                        .filter(request -> request.queueId().equals(queueId)).map(LoggedRequest::at)
                        .max(Instant::compareTo).orElseThrow();
                Instant there = station.ledger().jobs().history(id).stream()
                        .filter(entry -> entry.state() == JobState.RETRIEVED).map(HistoryEntry::at).findFirst().orElseThrow();
                ours.add(Duration.between(asked, there).toMillis() / 1000.0);
                least.add(getHashAndSync(station.video(name)));
            }
        }
        print("fetching " + VIDEO_BYTES / 1_000_000 + " MB", VIDEO_BYTES, ours, least);
    }

    /** From the drop of a picture to its accepted request, against base64 and POST of the same bytes. */
    @Test
    void sendingAPicture() throws Exception {
        List<Double> ours = new ArrayList<>();
        List<Double> least = new ArrayList<>();
        try (Station station = Station.quick(folder)) {
            station.startImpatient();
            for (int i = 0; i < ROUNDS; i++) {
                byte[] picture = picture(i);
                Path file = Files.write(folder.resolve("picture.png"), picture);
                long start = System.nanoTime();
                station.dropReady("round" + i, Map.of("prompt.txt", "Round " + i, "image.png", picture));
                station.awaitPosted("Round " + i);
                ours.add((System.nanoTime() - start) / 1e9);
                least.add(encodeAndPost(file));
                station.awaitDone("round" + i);
            }
        }
        print("sending " + PICTURE_BYTES / 1_000_000 + " MB, settling and quote included", PICTURE_BYTES, ours, least);
    }

    private double getHashAndSync(Path video) throws Exception {
        return serve(video, uri -> {
            Path copy = folder.resolve("copy");
            Files.deleteIfExists(copy);
            try (InputStream in = new DigestInputStream(HttpClient.newHttpClient()
                            .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofInputStream()).body(),
                            MessageDigest.getInstance("SHA-256"));
                    FileChannel out = FileChannel.open(copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                in.transferTo(Channels.newOutputStream(out));
                out.force(true);
            }
        });
    }

    private double encodeAndPost(Path file) throws Exception {
        return serve(file, uri -> {
            String body = Base64.getEncoder().encodeToString(Files.readAllBytes(file));
            HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri)
                    .POST(HttpRequest.BodyPublishers.ofString(body)).build(), BodyHandlers.discarding());
        });
    }

    private interface Work {

        void with(URI uri) throws Exception;
    }

    /** @return seconds */
    private static double serve(Path file, Work work) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            exchange.sendResponseHeaders(200, exchange.getRequestMethod().equals("GET") ? Files.size(file) : -1);
            if (exchange.getRequestMethod().equals("GET")) {
                Files.copy(file, exchange.getResponseBody());
            }
            exchange.close();
        });
        server.start();
        try {
            long start = System.nanoTime();
            work.with(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"));
            return (System.nanoTime() - start) / 1e9;
        } finally {
            server.stop(0);
        }
    }

    private static byte[] picture(int seed) throws Exception {
        byte[] bytes = new byte[PICTURE_BYTES];
        new Random(seed).nextBytes(bytes);
        byte[] png = SampleMedia.png("Round " + seed);
        System.arraycopy(png, 0, bytes, 0, png.length);
        return bytes;
    }

    private static void print(String what, long bytes, List<Double> ours, List<Double> least) {
        double median = median(ours);
        double baseline = median(least);
        System.out.printf("%s: %.2f s (%.0f MB/s); the least: %.2f s (%.0f MB/s); ratio %.2f%n", what, median,
                bytes / 1e6 / median, baseline, bytes / 1e6 / baseline, median / baseline);
        assertThat(ours).hasSameSizeAs(least).hasSize(ROUNDS);
    }

    private static double median(List<Double> figures) {
        return figures.stream().sorted().toList().get(figures.size() / 2);
    }
}
