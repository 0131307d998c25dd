package io.github.venicevideo.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.venicevideo.venice.Json;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names in a folder that other programs write to as well. */
class FolderStorageTest {

    private static final FileNames NAMES = new FileNames("2026/gondola", Map.of("image.png", "image.png"));

    @TempDir
    private Path folder;
    private DefaultCamelContext context;

    @BeforeEach
    void begin() {
        context = new DefaultCamelContext();
    }

    @AfterEach
    void end() throws Exception {
        context.close();
    }

    @Test
    void ofTwoThatFindANameFreeOneTakesIt() throws Exception {
        Storage one = storage("job-1", false);
        Storage other = storage("job-2", false);
        assertThat(one.isTaken(NAMES)).isFalse();
        assertThat(other.isTaken(NAMES)).isFalse();

        assertThat(one.claim(NAMES)).isTrue();
        assertThat(other.claim(NAMES)).isFalse();

        assertThat(one.isTaken(NAMES)).isFalse();
        assertThat(one.claim(NAMES)).isTrue();
        assertThat(other.isTaken(NAMES)).isTrue();
    }

    @Test
    void aClaimThatAKillLeavesIsItsOwnJobsAndSaysThatItIsNoSidecar() throws Exception {
        storage("job-1", false).claim(NAMES);

        assertThat(folder.resolve("2026").toFile().list()).containsExactly("gondola.json");
        assertThat(Json.mapper().readTree(folder.resolve("2026/gondola.json").toFile()).path("state").asText()).isEqualTo("retrieved");
        assertThat(storage("job-1", true).isTaken(NAMES)).isFalse();
        assertThat(storage("job-1", true).claim(NAMES)).isTrue();
        assertThat(storage("job-2", true).isTaken(NAMES)).isTrue();
    }

    @Test
    void anEmptyClaimIsOnlyOursWhenWeWereAboutToMakeOne() throws Exception {
        Files.createFile(Files.createDirectories(folder.resolve("2026")).resolve("gondola.json"));

        assertThat(storage("job-1", false).isTaken(NAMES)).isTrue();
        assertThat(storage("job-1", false).claim(NAMES)).isFalse();
        assertThat(storage("job-1", true).isTaken(NAMES)).isFalse();
        assertThat(storage("job-1", true).claim(NAMES)).isTrue();
    }

    @Test
    void whereNoLinksCanBeMadeOnlyOneMakesTheFileEither() throws Exception {
        Path file = folder.resolve("gondola.json");
        Path noLinkFrom = folder.resolve("missing/temporary");

        ExclusiveFile.create(file, noLinkFrom, "ours".getBytes());

        assertThat(file).hasContent("ours");
        assertThatThrownBy(() -> ExclusiveFile.create(file, noLinkFrom, "theirs".getBytes()))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasContent("ours");
    }

    @Test
    void aNameIsTakenWhereAnyOfItsFilesIsSomebodyElses() throws Exception {
        Path theirs = Files.createDirectories(folder.resolve("2026/gondola")).resolve("image.png");
        assertThat(storage("job-1", false).isTaken(NAMES)).isFalse();

        Files.createFile(theirs);

        assertThat(storage("job-1", false).isTaken(NAMES)).isTrue();
        assertThat(storage("job-1", false).isTaken(new FileNames("2026/gondola", Map.of()))).isFalse();
    }

    @Test
    void aFolderInThePlaceOfTheSidecarTakesTheName() throws Exception {
        Files.createDirectories(folder.resolve("2026/gondola.json"));

        assertThat(storage("job-1", true).isTaken(NAMES)).isTrue();
        assertThat(storage("job-1", true).claim(NAMES)).isFalse();
    }

    @Test
    void aFileInThePlaceOfTheFolderForMediaTakesTheName() throws Exception {
        Files.createFile(Files.createDirectories(folder.resolve("2026")).resolve("gondola"));

        assertThat(storage("job-1", false).isTaken(NAMES)).isTrue();
        assertThat(storage("job-1", false).isTaken(new FileNames("2026/gondola", Map.of()))).isFalse();
    }

    @Test
    void aLinkThatSomebodyPutsInThePlaceOfAFileIsReplacedAndNeverFollowed() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "as it was");
        Files.createSymbolicLink(folder.resolve("gondola.mp4"), secret);
        Files.createSymbolicLink(folder.resolve("boat.mp4"), folder.resolve("nowhere"));
        FileEndpoint endpoint = context.getEndpoint("file:" + folder, FileEndpoint.class);
        context.start();

        for (String name : List.of("gondola.mp4", "boat.mp4")) {
            Item video = Item.of(name, "a video".getBytes(), "video/mp4");
            Storage storage = new FolderStorage(endpoint, "job-1", false, folder -> false);
            assertThat(storage.holds(video)).isFalse();
            storage.expect(video);
            context.createProducerTemplate().sendBodyAndHeader(endpoint, "a video".getBytes(), "CamelFileName", name);
            storage.verify(video);
        }

        assertThat(secret).hasContent("as it was");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("secret", "gondola.mp4", "boat.mp4");
    }

    @Test
    void aLinkTakesAName() throws Exception {
        Files.createDirectories(folder.resolve("2026"));
        Files.createSymbolicLink(folder.resolve("2026/gondola.mp4"), folder.resolve("nowhere"));

        assertThat(storage("job-1", false).isTaken(NAMES)).isTrue();
    }

    private Storage storage(String job, boolean begun) {
        return new FolderStorage(context.getEndpoint("file:" + folder, FileEndpoint.class), job, begun, there -> false);
    }
}
