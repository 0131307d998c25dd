package io.github.venicevideo.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.LedgerDatabase;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sqlite.SQLiteDataSource;

@Timeout(180)
public class MigrationsTest {

    public static final Path SCRIPTS = Path.of("src/main/resources/venice-video/migrations");

    @TempDir
    private Path folder;

    @Test
    void everyScriptIsNamed() throws Exception {
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            assertThat(Migrations.ALL).extracting(Migration::name).as("the names that the program is told")
                    .containsExactlyInAnyOrderElementsOf(files.map(file -> file.getFileName().toString()).toList());
        }
        assertThat(Migrations.ALL).extracting(migration -> new BigDecimal(migration.version())).isSorted().doesNotHaveDuplicates();
    }

    /** A ledger of any version becomes what a new one is, and a second start finds nothing to do. */
    @ParameterizedTest
    @MethodSource("versionsOfFlyway")
    void aLedgerWhoseHistoryFlywayKeptIsTakenOver(String version) throws Exception {
        Path file = folder.resolve(LedgerDatabase.FILE);
        Flyway.configure().dataSource("jdbc:sqlite:" + file, "", "").locations("filesystem:" + SCRIPTS).target(version).load().migrate();
        Path fresh = folder.resolve("fresh");

        for (Path each : List.of(folder, fresh, folder)) {
            Ledger ledger = new Ledger(each, Clock.systemUTC());
            ledger.start();
            ledger.stop();
        }

        assertThat(rows(file, TABLES)).isEqualTo(rows(fresh.resolve(LedgerDatabase.FILE), TABLES)).doesNotContain("flyway");
        assertThat(rows(file, HISTORY)).hasSize(Migrations.ALL.size()).isEqualTo(rows(fresh.resolve(LedgerDatabase.FILE), HISTORY));
    }

    static Stream<String> versionsOfFlyway() {
        return Migrations.ALL.stream().takeWhile(migration -> !migration.name().equals("V20__own_history.sql")).map(Migration::version);
    }

    @Test
    void anUpdateIsWholeOrNotAtAll() throws Exception {
        Migration first = new Migration("V1__a.sql", "CREATE TABLE job (b INTEGER); INSERT INTO job VALUES (1);");
        Migration second = new Migration("V2__c.sql", "CREATE TABLE c (d INTEGER); INSERT INTO job VALUES (2);");
        schema(first).bringUp();

        assertThatThrownBy(() -> schema(first, second, new Migration("V3__e.sql", "INSERT INTO job VALUES (3); INSERT INTO nowhere VALUES (1);"))
                .bringUp()).isInstanceOf(SQLException.class).hasMessageContaining("nowhere");

        Path file = folder.resolve(LedgerDatabase.FILE);
        assertThat(rows(file, "SELECT b FROM job")).containsExactly("1");
        assertThat(rows(file, "SELECT name FROM sqlite_master WHERE name = 'c'")).isEmpty();
        assertThat(rows(file, "SELECT script FROM schema_history")).containsExactly("V1__a.sql");
        schema(first, second).bringUp();
        assertThat(rows(file, "SELECT b FROM job")).containsExactly("1", "2");
    }

    @Test
    void aLedgerOfAnotherLineIsRefused() throws Exception {
        Migration first = new Migration("V1__a.sql", "CREATE TABLE job (b INTEGER);");
        Migration second = new Migration("V2__c.sql", "CREATE TABLE c (d INTEGER);");
        schema(first, second).bringUp();

        assertThatThrownBy(() -> schema(first, new Migration("V2__c.sql", "CREATE TABLE c (other INTEGER);")).bringUp())
                .isInstanceOf(LedgerException.class).hasMessageContaining("another V2__c.sql").hasMessageContaining("restore a copy");
        assertThatThrownBy(() -> schema(first, new Migration("V1_1__b.sql", "CREATE TABLE e (f INTEGER);"), second).bringUp())
                .isInstanceOf(LedgerException.class).hasMessageContaining("no V1_1__b.sql");
    }

    private LedgerSchema schema(Migration... migrations) {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.resolve(LedgerDatabase.FILE));
        return new LedgerSchema(source, folder, List.of(migrations));
    }

    private static final String TABLES = "SELECT type || ' ' || name || ' ' || COALESCE(sql, '') FROM sqlite_master ORDER BY 1";
    private static final String HISTORY = "SELECT rank || ' ' || script || ' ' || checksum FROM schema_history ORDER BY rank";

    private static List<String> rows(Path file, String select) throws Exception {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(select)) {
            while (found.next()) {
                rows.add(found.getString(1));
            }
        }
        return rows;
    }
}
