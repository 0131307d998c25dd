package io.github.venicevideo;

import static io.github.venicevideo.SampleMedia.png;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.fault.Fault;
import io.github.venicevideo.sandbox.fault.FaultRule;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever may write to a drop folder may drop, and nothing else. */
@Timeout(300)
class WhoeverDropsTest {

    private static final String SECRET = "a secret of the machine";

    @TempDir
    private Path folder;
    private Station station;
    private Path secret;

    @BeforeEach
    void start() throws Exception {
        station = Station.quick(folder).with("venice.delivery.include-bundle", "true").startImpatient();
        secret = Files.writeString(folder.resolve("secret"), SECRET);
    }

    @AfterEach
    void stop() throws Exception {
        station.close();
    }

    @Test
    void aPictureThatIsWrittenToAfterItsClaimGoesOutAndAlongAsItWas() throws Exception {
        station.sandbox().faults().every(Call.RETRIEVE, Fault.json(200, "{\"status\": \"PROCESSING\"}"));
        byte[] picture = png("as it was");
        station.drop("open", Map.of("prompt.txt", "Open", "image.png", picture));

        try (FileChannel open = FileChannel.open(station.drop().resolve("open/image.png"), StandardOpenOption.WRITE)) {
            await().atMost(Station.PATIENCE).until(() -> isGenerating("open"));
            open.write(java.nio.ByteBuffer.wrap(SECRET.getBytes(java.nio.charset.StandardCharsets.UTF_8)), 0);
        }
        station.sandbox().faults().clear();

        JsonNode job = station.awaitDone("open");
        assertThat(station.accepted(job).media("/image_url")).isEqualTo(picture);
        assertThat(station.home().resolve("videos/open/image.png")).hasBinaryContent(picture);
    }

    /** As a home of an earlier version may hold one, whose bundle was not copied. */
    @Test
    void aPictureThatBecameALinkDoesNotGoAlongAndTheVideoDoes() throws Exception {
        FaultRule making = station.sandbox().faults().every(Call.RETRIEVE, Fault.json(200, "{\"status\": \"PROCESSING\"}"));
        station.dropReady("swapped", Map.of("prompt.txt", "Swapped", "image.png", png("as it was")));
        await().atMost(Station.PATIENCE).until(() -> isGenerating("swapped"));
        Job job = station.ledger().jobs().all().get(0);
        Path picture = station.home().resolve(".work").resolve(job.id()).resolve(job.request().media().get(0).path());
        Files.delete(picture);
        Files.createSymbolicLink(picture, secret);
        making.disarm();

        station.awaitDone("swapped");

        assertThat(station.video("swapped")).isNotEmptyFile();
        assertThat(everyText(station.home().resolve("videos"))).isNotEmpty().noneMatch(text -> text.contains(SECRET));
    }

    @Test
    void whoSitsInADroppedFolderReachesNothingOfItsJob() throws Exception {
        OtherUser.assume();
        OtherUser.letInto(station.drop());
        Files.setPosixFilePermissions(station.drop(), PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        station.sandbox().faults().every(Call.RETRIEVE, Fault.json(200, "{\"status\": \"PROCESSING\"}"));
        byte[] picture = png("theirs");
        Path lent = Files.write(folder.resolve("lent.png"), picture);
        Files.setPosixFilePermissions(lent, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(OtherUser.run(station.drop(), "mkdir -m 777 .theirs && cp '" + lent + "' .theirs/image.png && echo Theirs > .theirs/prompt.txt"))
                .isEmpty();
        // Its own folder stays open to it, wherever it is renamed to.
        Process inside = OtherUser.stay(station.drop().resolve(".theirs"), "read go; ln -sf '" + secret + "' image.png; ln -sf '" + secret
                + "' job.json; mkfifo ERROR.txt; ls ../../.. ../../../../drop; read end");
        assertThat(OtherUser.run(station.drop(), "mv .theirs theirs")).isEmpty();
        await().atMost(Station.PATIENCE).until(() -> isGenerating("theirs"));

        inside.getOutputStream().write("go\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        inside.getOutputStream().flush();
        inside.getOutputStream().close();
        String said = new String(inside.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        station.sandbox().faults().clear();
        station.awaitDone("theirs");

        assertThat(station.home().resolve("videos/theirs/image.png")).hasBinaryContent(picture);
        assertThat(said).doesNotContain("dropped");
        assertThat(secret).hasContent(SECRET);
        assertThat(OtherUser.run(folder, "ls home/.work home/.ledger 2>&1")).contains("Permission denied").doesNotContain("ledger.db");
    }

    @Test
    void linksArePutAsideWithASentenceAndHoldUpNobody() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere/deep"));
        Files.writeString(elsewhere.resolve("prompt.txt"), SECRET);
        Files.createSymbolicLink(station.drop().resolve("shortcut"), elsewhere.getParent());
        Path loops = Files.createDirectories(folder.resolve("loops"));
        Files.writeString(loops.resolve("prompt.txt"), "In circles");
        Files.createSymbolicLink(loops.resolve("again"), station.drop().resolve("loops"));
        Files.createSymbolicLink(loops.resolve("up"), Path.of(".."));
        Files.createSymbolicLink(loops.resolve("image.png"), secret);
        Files.move(loops, station.drop().resolve("loops"));
        station.drop("good", Map.of("prompt.txt", "Good"));

        station.awaitDone("good");
        JsonNode circles = station.awaitFailed("loops");
        JsonNode shortcut = station.awaitFailed("shortcut");

        assertThat(circles.path("reason").asText()).isEqualTo("invalid-bundle");
        assertThat(station.text("failed/loops/ERROR.txt")).contains("again: is a link").contains("up: is a link")
                .contains("image.png: is a link").contains("Put the file itself there");
        assertThat(shortcut.path("reason").asText()).isEqualTo("invalid-bundle");
        assertThat(station.text("failed/shortcut/ERROR.txt")).contains("shortcut: is a link");
        assertThat(elsewhere.resolve("prompt.txt")).hasContent(SECRET);
        assertThat(everyText(station.home().resolve("failed"))).noneMatch(text -> text.contains(SECRET));
        assertThat(station.drop()).isEmptyDirectory();
    }

    @Test
    void aFolderOfBundlesIsRefusedOnceAndAsWhatItIs() throws Exception {
        station.drop("project", Map.of("shot1/prompt.txt", "One", "shot1/image.png", png("one"), "shot2/prompt.txt", "Two",
                "shot2/image.png", png("two"), "notes/todo.pdf", "x",
                "hero.png", png("three"), "day 2/shot3/prompt.txt", "Three"));

        JsonNode job = station.awaitFailed("project");

        assertThat(job.path("reason").asText()).isEqualTo("invalid-bundle");
        assertThat(station.text("failed/project/ERROR.txt")).contains("It holds 3 folders with a prompt or a request each")
                .doesNotContain("Save it as");
        assertThat(station.sandbox().requests(Call.QUEUE)).isEmpty();
    }

    @Test
    void aNameThatWouldForgeLinesOrColoursIsCleanFromItsClaimOn() throws Exception {
        station.drop("b\nvenice.api.key=x\r\u001b[31mred", Map.of("prompt.txt", ""));

        station.awaitFailed("b_venice.api.key=x__[31mred");

        Job job = station.ledger().jobs().all().get(0);
        assertThat(job.bundle()).isEqualTo("b_venice.api.key=x__[31mred");
        assertThat(station.text("failed/b_venice.api.key=x__[31mred/ERROR.txt")).doesNotContain("\u001b").doesNotContain("\r");
    }

    @Test
    void aPathThatACallGivesIsCopiedWithoutItsLinks() throws Exception {
        Path given = Files.createDirectories(folder.resolve("given"));
        Files.writeString(given.resolve("prompt.txt"), "Given");
        Files.createSymbolicLink(given.resolve("image.png"), secret);

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> station.context().createProducerTemplate()
                .requestBody("direct:venice-video-submit", given, String.class))).hasStackTraceContaining("image.png: is a link");

        assertThat(given.resolve("prompt.txt")).exists();
        assertThat(station.sandbox().requests(Call.QUEUE)).isEmpty();
    }

    private boolean isGenerating(String bundle) {
        return station.ledger().jobs().all().stream()
                .anyMatch(job -> job.bundle().equals(bundle) && job.state() == JobState.GENERATING);
    }

    private static List<String> everyText(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).map(file -> {
                try {
                    return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }).toList();
        }
    }
}
