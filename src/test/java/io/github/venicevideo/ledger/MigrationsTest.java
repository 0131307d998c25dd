package io.github.venicevideo.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {

    static final Path SCRIPTS = Path.of("src/main/resources/venice-video/migrations");

    @TempDir
    private Path folder;

    @Test
    void everyScriptIsNamed() throws Exception {
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            assertThat(Migrations.NAMES).as("the names that the program is told").containsExactlyInAnyOrderElementsOf(
                    files.map(file -> file.getFileName().toString()).toList());
        }
    }

    /** Ledgers of before say what Flyway found by itself, and an entry that does not match is refused. */
    @Test
    void whatIsWrittenOfThemIsWhatFlywayWouldWriteByItself() throws Exception {
        Path found = folder.resolve("found.db");
        Flyway.configure().dataSource("jdbc:sqlite:" + found, "", "").locations("filesystem:" + SCRIPTS).load().migrate();
        Ledger ledger = new Ledger(folder.resolve("named"), Clock.systemUTC());
        ledger.start();
        ledger.stop();

        assertThat(history(folder.resolve("named").resolve(LedgerDatabase.FILE))).isEqualTo(history(found))
                .hasSize(Migrations.NAMES.size());
    }

    private static List<String> history(Path file) throws Exception {
        List<String> history = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT installed_rank || ' ' || version || ' ' || description || ' ' || type"
                        + " || ' ' || script || ' ' || checksum || ' ' || success FROM flyway_schema_history ORDER BY installed_rank")) {
            while (rows.next()) {
                history.add(rows.getString(1));
            }
        }
        return history;
    }
}
