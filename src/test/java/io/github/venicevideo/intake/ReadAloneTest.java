package io.github.venicevideo.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.home.WorkFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program that dies is one that begins anew without having told that it was through. */
@Timeout(180)
class ReadAloneTest {

    @TempDir
    private Path folder;

    @Test
    void whatTheProgramDiedOfAloneTwiceIsNotReadAgain() throws IOException {
        assertThat(new ReadAlone().begin(work("deadly")).isRefused()).isFalse();
        assertThat(new ReadAlone().begin(work("deadly")).isRefused()).isFalse();
        assertThat(new ReadAlone().begin(work("deadly")).isRefused()).isFalse();

        assertThat(new ReadAlone().begin(work("deadly")).isRefused()).isTrue();
        assertThat(new ReadAlone().begin(work("other")).isRefused()).isFalse();
    }

    @Test
    void whatWasThroughIsAsNew() throws IOException {
        for (int i = 0; i < 5; i++) {
            ReadAlone.Turn turn = new ReadAlone().begin(work("good"));
            assertThat(turn.isRefused()).isFalse();
            turn.through();
            turn.end();
        }
        assertThat(work("good").path()).isEmptyDirectory();
    }

    @Test
    void whatMayBeDeadlyIsReadWhileNothingElseIs() throws Exception {
        ReadAlone readers = new ReadAlone();
        new ReadAlone().begin(work("deadly"));
        ReadAlone.Turn one = readers.begin(work("one"));
        ReadAlone.Turn beside = CompletableFuture.supplyAsync(() -> begin(readers, "beside")).get(10, TimeUnit.SECONDS);
        CompletableFuture<ReadAlone.Turn> deadly = CompletableFuture.supplyAsync(() -> begin(readers, "deadly"));

        assertThat(beside.isRefused()).isFalse();
        assertThat(deadly).isNotDone();

        one.end();

        assertThat(deadly.get(10, TimeUnit.SECONDS).isRefused()).isFalse();
    }

    private ReadAlone.Turn begin(ReadAlone readers, String name) {
        try {
            ReadAlone.Turn turn = readers.begin(work(name));
            turn.end();
            return turn;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private WorkFolder work(String name) throws IOException {
        return new WorkFolder(Files.createDirectories(folder.resolve(name)));
    }
}
