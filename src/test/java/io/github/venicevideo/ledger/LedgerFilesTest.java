package io.github.venicevideo.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.venicevideo.MovableClock;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.api.ModelSpeed;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.LedgerNote;
import io.github.venicevideo.ledger.store.LedgerException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The ledger as files: whose they are, what is wrong with them, and their copies. */
@Timeout(180)
class LedgerFilesTest {

    @TempDir
    private Path folder;
    private Path files;
    private Home home;
    private Ledger ledger;

    @BeforeEach
    void open() throws IOException {
        files = folder.resolve("home/.ledger");
        home = Home.at(Files.createDirectories(folder.resolve("home")));
        home.prepare(List.of());
        ledger = start(files);
        ledger.newJobs().record(List.of(LedgerTest.job("1"), LedgerTest.job("2")));
    }

    @AfterEach
    void close() {
        ledger.stop();
    }

    @Test
    void aSecondTryInTheSameProgramDoesNotLoosenTheLock() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/locks")));
        String inode = ":" + Files.getAttribute(files.resolve("lock"), "unix:ino") + " ";
        assertThat(Files.readString(Path.of("/proc/locks"))).contains(inode);

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> start(files)).isInstanceOf(LedgerException.class)
                    .hasMessageContaining("Another program is using the ledger").hasMessageContaining("venice.home");
        }

        assertThat(Files.readString(Path.of("/proc/locks"))).contains(inode);
        ledger.stop();
        ledger = start(files);
        assertThat(ledger.jobs().find("1")).isPresent();
    }

    @Test
    void aNewerLedgerIsRefused() throws Exception {
        ledger.stop();
        sql("INSERT INTO schema_history VALUES (999, 'V999__later.sql', 1)");

        assertThatThrownBy(() -> start(files)).isInstanceOf(LedgerException.class)
                .hasMessageContaining("newer version").hasMessageContaining("V999").hasMessageContaining("restore");
        assertThatThrownBy(() -> LedgerView.of(files)).hasMessageContaining("newer version");

        sql("DELETE FROM schema_history WHERE rank = 999");
        ledger = start(files);
        assertThat(ledger.jobs().find("2")).isPresent();
    }

    @Test
    void whatWasLearntOfModelsOutlivesAnUpdate() throws Exception {
        Path old = Files.createDirectories(folder.resolve("old"));
        String url = "jdbc:sqlite:" + old.resolve("ledger.db");
        Flyway.configure().dataSource(url, "", "").locations("classpath:venice-video/migrations").target("8").load().migrate();
        try (Connection connection = DriverManager.getConnection(url); Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO model_average (model, average_ms, at) VALUES ('fast', 20000, 1)");
            statement.execute("INSERT INTO model_speed (model, log_ratio, weight) VALUES ('fast', 0.25, 7)");
        }

        Ledger updated = start(old);

        assertThat(updated.modelSpeeds().all()).containsOnly(Map.entry("fast", new ModelSpeed(Optional.of(20_000L), 0.25, 7)));
        updated.stop();
    }

    @Test
    void anOlderLedgerIsCopiedBeforeItIsChanged() throws Exception {
        Path old = Files.createDirectories(folder.resolve("old"));
        Flyway.configure().dataSource("jdbc:sqlite:" + old.resolve("ledger.db"), "", "")
                .locations("classpath:venice-video/migrations").target("1").load().migrate();
        for (int version = 1; version < 5; version++) {
            Files.createFile(old.resolve("ledger-before-V0." + version + ".db")).toFile().setLastModified(version * 1_000L);
        }
        assertThatThrownBy(() -> LedgerView.of(old)).hasMessageContaining("start the program once");

        start(old).stop();

        List<Path> copies;
        try (var all = Files.list(old)) {
            copies = all.filter(file -> file.getFileName().toString().startsWith("ledger-before-V")).sorted().toList();
        }
        assertThat(copies.stream().map(file -> file.getFileName().toString())).hasSize(3)
                .startsWith("ledger-before-V0.3.db", "ledger-before-V0.4.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copies.get(2));
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeQuery("SELECT COUNT(*) FROM job").getInt(1)).isZero();
            assertThat(statement.executeQuery("SELECT COUNT(*) FROM sqlite_master WHERE name = 'home'").getInt(1)).isZero();
        }
    }

    @Test
    void aLargeLedgerIsReadThroughOnlyWhenNobodyClosedIt(@TempDir Path folder) throws IOException {
        Path file = folder.resolve(LedgerDatabase.FILE);
        assertThat(LedgerDatabase.isDoubted(file)).isTrue();
        try (FileChannel sparse = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            sparse.write(StandardCharsets.US_ASCII.encode("x"), 40L << 20);
        }

        assertThat(LedgerDatabase.isDoubted(file)).isFalse();

        Files.createFile(folder.resolve(LedgerDatabase.FILE + "-wal"));
        assertThat(LedgerDatabase.isDoubted(file)).isTrue();
    }

    @Test
    void aDamagedLedgerIsToldAndLeftAlone() throws Exception {
        ledger.stop();
        Path file = files.resolve("ledger.db");
        byte[] whole = Files.readAllBytes(file);
        byte[] inside = whole.clone();
        Arrays.fill(inside, 4096, inside.length, (byte) 0xA5);
        for (byte[] damaged : List.of(inside, "not a database at all, but a text".repeat(200).getBytes(StandardCharsets.US_ASCII),
                Arrays.copyOf(whole, whole.length / 2))) {
            Files.write(file, damaged);

            assertThatThrownBy(() -> start(files)).isInstanceOf(LedgerException.class)
                    .hasMessageContaining(files.toString()).hasMessageContaining("--backup").hasMessageContaining(".work");

            assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
        }
        Files.write(file, whole);
        ledger = start(files);
        assertThat(ledger.jobs().find("1")).isPresent();
    }

    @Test
    void aFolderThatCannotBeUsedIsTold() throws Exception {
        Path file = Files.createFile(folder.resolve("a file"));

        assertThatThrownBy(() -> start(file.resolve("ledger"))).isInstanceOf(LedgerException.class)
                .hasMessageContaining("venice.ledger.dir").hasMessageContaining("a file");
        assertThatThrownBy(() -> LedgerView.of(folder.resolve("nowhere"))).hasMessageContaining("There is no ledger in");
    }

    @Test
    void itIsReadAndCopiedWhileItIsWorkedWith() throws Exception {
        LedgerView view = LedgerView.of(files);
        ledger.newJobs().record(List.of(LedgerTest.job("3")));

        assertThat(view.overview().jobs()).isEqualTo(Map.of(JobState.RECEIVED, 3L));
        assertThat(view.overview().oldest()).containsOnlyKeys(JobState.RECEIVED);
        Path copy = folder.resolve("copy.db");
        assertThat(view.copyTo(copy)).isEqualTo(3);
        assertThatThrownBy(() -> view.copyTo(copy)).isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> view.copyTo(folder.resolve("no such folder/copy.db"))).isInstanceOf(IOException.class);
        ledger.newJobs().record(List.of(LedgerTest.job("4")));
        ledger.stop();

        Files.move(copy, files.resolve("ledger.db"), StandardCopyOption.REPLACE_EXISTING);
        ledger = start(files);
        assertThat(ledger.jobs().all()).hasSize(3);
    }

    @Test
    void oneHomeHasOneLedger() throws Exception {
        assertThat(ledger.tie(home, "https://api", ZoneOffset.UTC)).as("new").isTrue();
        assertThat(ledger.tie(home, "https://api", ZoneOffset.UTC)).as("started again").isTrue();
        Ledger other = start(folder.resolve("elsewhere"));

        assertThatThrownBy(() -> other.tie(home, "https://api", ZoneOffset.UTC)).isInstanceOf(LedgerException.class)
                .hasMessageContaining(files.toString()).hasMessageContaining("venice.ledger.dir");

        other.stop();
        assertThatCode(() -> ledger.tie(home, "https://api", ZoneOffset.UTC)).doesNotThrowAnyException();
    }

    @Test
    void oneLedgerHasOneHome() throws Exception {
        ledger.tie(home, "https://api", ZoneOffset.UTC);
        Home copy = Home.at(Files.createDirectories(folder.resolve("copy")));
        copy.prepare(List.of());

        assertThatThrownBy(() -> ledger.tie(copy, "https://api", ZoneOffset.UTC)).isInstanceOf(LedgerException.class)
                .hasMessageContaining("venice.home").hasMessageContaining("twice");

        Files.delete(LedgerNote.file(home.root()));
        ledger.tie(copy, "https://api", ZoneOffset.UTC);
        assertThat(ledger.tie(copy, "https://api", ZoneOffset.UTC)).isTrue();
    }

    @Test
    void aHomeMayBeMovedWithItsLedger() throws Exception {
        ledger.tie(home, "https://api", ZoneOffset.UTC);
        ledger.stop();
        Path moved = Files.move(home.root(), folder.resolve("moved"));
        ledger = start(moved.resolve(".ledger"));

        assertThat(ledger.tie(Home.at(moved), "https://api", ZoneOffset.UTC)).isTrue();
    }

    @Test
    void whatWasPutBackIsToldFromWhatWasLeft() throws Exception {
        ledger.tie(home, "https://api", ZoneOffset.UTC);
        Path copy = folder.resolve("copy.db");
        LedgerView.of(files).copyTo(copy);
        ledger.stop();

        Files.move(copy, files.resolve("ledger.db"), StandardCopyOption.REPLACE_EXISTING);
        ledger = start(files);
        Files.delete(home.done());
        assertThatThrownBy(() -> ledger.tie(home, "https://api", ZoneOffset.UTC)).as("cut off").isInstanceOf(IOException.class);
        Files.createDirectory(home.done());
        assertThat(ledger.tie(home, "https://api", ZoneOffset.UTC)).as("a copy").isFalse();
        assertThat(ledger.tie(home, "https://api", ZoneOffset.UTC)).as("the start after it").isTrue();
        ledger.stop();

        try (FileChannel channel = FileChannel.open(files.resolve("ledger.db"), StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
        ledger = start(files);
        assertThat(ledger.tie(home, "https://api", ZoneOffset.UTC)).as("lost").isFalse();
    }

    private static Ledger start(Path folder) {
        Ledger ledger = new Ledger(folder, new MovableClock());
        ledger.start();
        return ledger;
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + files.resolve("ledger.db"));
                Statement run = connection.createStatement()) {
            run.execute(statement);
        }
    }
}
