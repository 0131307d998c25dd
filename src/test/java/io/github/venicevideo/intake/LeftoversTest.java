package io.github.venicevideo.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.venicevideo.home.Border;
import io.github.venicevideo.home.BundleFolders;
import io.github.venicevideo.home.Claim;
import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.Intent;
import io.github.venicevideo.home.JobIds;
import io.github.venicevideo.home.WorkFolder;
import io.github.venicevideo.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What could not be recorded has one reader at a time, and always one. */
class LeftoversTest {

    @TempDir
    private Path folder;
    private Home home;
    private Ledger ledger;
    private JobIds ids;
    private Leftovers leftovers;

    @BeforeEach
    void start() throws IOException {
        Clock clock = Clock.systemUTC();
        home = Home.at(folder);
        Files.createDirectories(home.work());
        ledger = new Ledger(folder.resolve("ledger"), clock);
        ledger.start();
        ids = new JobIds(clock);
        leftovers = new Leftovers(home, ledger, new BundleFolders(home, new Border(home), ledger.folders()), new Border(home),
                    ids, clock);
    }

    @AfterEach
    void stop() {
        ledger.stop();
    }

    @Test
    void oneThatCannotBeReadHoldsUpNoOtherAndIsTakenUpOnceItCan() throws IOException {
        Claim canal = unrecorded("canal");
        Claim quay = unrecorded("quay");
        Path unreadable = home.work("quay").path().resolve("claim.json");
        Files.delete(unreadable);
        Files.createDirectory(unreadable);

        assertThat(takenUp()).containsExactly(canal);
        Files.delete(unreadable);
        quay.write(home.work("quay"));

        assertThat(takenUp()).contains(quay);
    }

    @Test
    void whatATakeUpNeitherRecordedNorGaveBackIsTakenUpAgain() throws IOException {
        Claim canal = unrecorded("canal");
        assertThat(takenUp()).containsExactly(canal);
        assertThatThrownBy(() -> leftovers.leave(canal)).isInstanceOf(IllegalStateException.class);

        assertThat(takenUp()).containsExactly(canal);

        leftovers.recorded(List.of("canal"));
        assertThatCode(() -> leftovers.leave(canal)).doesNotThrowAnyException();
        assertThat(takenUp()).isEmpty();
    }

    @Test
    void whatHasLeftItsFolderIsLeftToItsSource() throws IOException {
        Claim canal = unrecorded("canal");
        assertThat(takenUp()).containsExactly(canal);
        DurableFiles.move(home.work("canal").path(), home.work("earlier").path());

        assertThat(takenUp()).isEmpty();

        assertThatCode(() -> leftovers.leave(canal)).doesNotThrowAnyException();
    }

    @Test
    void whatIsTakenUpAgainIsNotGivenToACallWithItsReference() throws IOException {
        Claim canal = unrecorded("canal");
        assertThat(leftovers.again()).containsExactly(canal);

        assertThatThrownBy(() -> leftovers.placedAs("canal")).isInstanceOf(IllegalStateException.class);

        assertThat(leftovers.isUnknown(canal)).isTrue();
    }

    @Test
    void aCallThatNobodyCanRepeatIsForgottenWithAllItsTakesEvenWhenItsFolderCouldNotBeReadAtFirst() throws IOException {
        String first = ids.next();
        String second = JobIds.take(first, 2);
        for (String jobId : List.of(first, second)) {
            Claim.of(jobId, "direct", "canal", "canal.txt", false, Optional.empty(), Instant.EPOCH).write(home.work(jobId));
        }
        Path work = home.work(first).path();
        Path away = Files.move(work, folder.resolve("away"));
        Files.createFile(work);

        leftovers.notRecorded(List.of(first, second), new IOException("full"));
        assertThat(takenUp()).isEmpty();
        Files.delete(work);
        Files.move(away, work);

        assertThat(takenUp()).isEmpty();
        assertThat(work).doesNotExist();
        assertThat(home.work(second).path()).doesNotExist();
    }

    @Test
    void whatIsNoLeftoverOrCannotBeReadHoldsUpNoOther() throws IOException {
        Files.createFile(home.work().resolve(".DS_Store"));
        Path odd = home.work("20260101-000000-odd").path();
        Files.createDirectories(odd.resolve("claim.json"));
        Files.createDirectories(odd.resolve("dropped/quay"));
        Claim canal = Claim.of("20260101-000000-canal", "drop", "canal", "canal.txt", false, Optional.of("canal"), Instant.EPOCH);
        canal.write(home.work(canal.jobId()));
        Files.writeString(home.work(canal.jobId()).dropped().resolve("canal.txt"), "A canal");

        assertThat(leftovers.placedAs("another")).isEmpty();
        assertThat(leftovers.find()).containsExactly(canal);
        assertThat(leftovers.placedAs("canal")).contains(canal);
        assertThat(odd).exists();
    }

    @Test
    void aBundleThatWasJustTakenOutOfAReturnedFolderIsNotTakenForNothing() throws IOException {
        Claim canal = Claim.of("20260101-000000-canal", "drop", "canal", "canal", true, Optional.empty(), Instant.EPOCH);
        WorkFolder work = home.work(canal.jobId());
        canal.write(work);
        Files.createDirectories(work.path().resolve("opened/canal"));
        Files.writeString(work.path().resolve("opened/canal/prompt.txt"), "A canal");

        assertThat(leftovers.find()).containsExactly(canal);

        assertThat(work.dropped().resolve("canal/prompt.txt")).hasContent("A canal");
    }

    @Test
    void noCallIsTakenForNewWhileOneThatMayHaveBeenSentCannotBeRead() throws IOException {
        WorkFolder odd = home.work("20260101-000000-odd");
        Files.createDirectories(odd.path().resolve("claim.json"));
        Intent.of(odd.jobId(), "venice", 1, Instant.EPOCH).write(odd);

        assertThatThrownBy(() -> leftovers.placedAs("canal")).isInstanceOf(IOException.class);

        DurableFiles.deleteTree(odd.path());
        assertThat(leftovers.placedAs("canal")).isEmpty();
    }

    private List<Claim> takenUp() throws IOException {
        return leftovers.again().stream().filter(leftovers::isUnknown).toList();
    }

    private Claim unrecorded(String jobId) throws IOException {
        Claim claim = Claim.of(jobId, "drop", jobId, jobId + ".txt", false, Optional.of(jobId), Instant.EPOCH);
        WorkFolder work = home.work(jobId);
        claim.write(work);
        Files.writeString(work.dropped().resolve(claim.entry()), "A canal");
        leftovers.notRecorded(List.of(jobId), new IOException("full"));
        return claim;
    }
}
