package io.github.venicevideo.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.api.JobState;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.JobOptions;
import io.github.venicevideo.ledger.job.LedgerJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger of before, whose folders were the dropped ones, and in which one queue_id could be several jobs'. */
class FormerLedgerTest {

    @TempDir
    private Path folder;

    @Test
    void itGoesOn() throws Exception {
        Path file = Files.createDirectories(folder).resolve(LedgerDatabase.FILE);
        Flyway.configure().dataSource("jdbc:sqlite:" + file, "", "").locations("filesystem:src/main/resources/venice-video/migrations")
                .target("12.1").load().migrate();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            insert(statement, "1", "delivered", "'q1'", "1, '/old/home/done/a gondola'");
            insert(statement, "2", "failed", "'q1'", "1, '/old/home/failed/boat'");
            insert(statement, "3", "generating", "'q1'", "0, NULL");
            insert(statement, "4", "parked", "NULL", "1, '/old/home/parked/canal'");
            insert(statement, "5", "failed", "'q5'", "1, '/old/home/failed/boat'");
        }

        Ledger ledger = new Ledger(folder, Clock.systemUTC());
        ledger.start();
        try {
            assertThat(ledger.folders().of("1")).hasValueSatisfying(record -> {
                assertThat(record.folder()).isEqualTo("done/a gondola");
                assertThat(record.ours()).isFalse();
                assertThat(record.key()).isEmpty();
            });
            assertThat(ledger.folders().of("2")).as("its folder is a later job's by now").isEmpty();
            assertThat(ledger.folders().of("5")).map(record -> record.folder()).contains("failed/boat");
            assertThat(ledger.folders().of("4")).map(record -> record.folder()).contains("parked/canal");
            assertThat(ledger.jobs().find("4").orElseThrow().filed()).isFalse();
            assertThat(ledger.jobs().find("5").orElseThrow().filed()).isTrue();
            assertThat(ledger.jobs().find("1").orElseThrow().queueId()).contains("q1");
            assertThat(ledger.jobs().find("2").orElseThrow().queueId()).isEmpty();
            Job third = ledger.jobs().find("3").orElseThrow();
            assertThat(third.queueId()).isEmpty();
            assertThat(third.state()).isEqualTo(JobState.PARKED);
            assertThat(third.reason()).contains("in-doubt");
            assertThat(ledger.jobs().history("3")).last().satisfies(entry ->
                    assertThat(entry.message().orElseThrow()).contains("q1").contains("an earlier job's"));
            assertThat(ledger.jobs().history("2")).last().satisfies(entry -> assertThat(entry.state()).isEqualTo(JobState.FAILED));
        } finally {
            ledger.stop();
        }
    }

    private static void insert(Statement statement, String id, String state, String queueId, String filed) throws Exception {
        statement.execute("INSERT INTO job (id, bundle, drop_name, state, api, request, options, content_hash, queue_id, due_at,"
                + " created_at, updated_at, filed, folder) VALUES ('" + id + "', 'b', 'drop', '" + state
                + "', 'https://api', '{\"fields\":{},\"media\":[]}', '" + LedgerJson.write(JobOptions.none()) + "', '', " + queueId
                + ", 5, 5, 5, " + filed + ")");
    }
}
