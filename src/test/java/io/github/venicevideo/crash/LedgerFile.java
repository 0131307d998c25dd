package io.github.venicevideo.crash;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sqlite.SQLiteConfig;

/** Looks into the ledger of a program that runs, from outside. */
final class LedgerFile {

    /** Its errands have been run; one that did not work out is tried again after minutes. */
    private static final String RUN = " AND NOT EXISTS (SELECT 1 FROM errand WHERE errand.job_id = job.id"
            + " AND errand.state = 'open' AND (errand.tries = 0 OR errand.kind = 'unsent'))";

    private static final int BUSY_MILLIS = 5_000;

    private final Path file;

    LedgerFile(Path home) {
        this.file = home.resolve(".ledger/ledger.db");
    }

    /** Whether there are so many jobs, and nothing is left to be done for any of them. */
    boolean isQuiet(int jobs) {
        return count("SELECT COUNT(*) FROM job") == jobs && count("SELECT COUNT(*) FROM job WHERE filed = 1"
                + " AND state IN ('delivered', 'failed', 'parked')" + RUN) == jobs;
    }

    /** Whether there is a job of that name and nothing is left to be done for it. */
    boolean isQuiet(String bundle) {
        return count("SELECT COUNT(*) FROM job WHERE filed = 1 AND state IN ('delivered', 'failed', 'parked')" + RUN
                + " AND (bundle = '" + bundle + "' OR reference = '" + bundle + "')") > 0;
    }

    /** When a job's row was changed last, in epoch milliseconds. */
    long updatedAt(String job) {
        long[] at = {-1};
        query("SELECT updated_at FROM job WHERE id = '" + job + "'", row -> at[0] = row.getLong(1));
        return at[0];
    }

    /** Sets when a job is due, while no program runs. */
    void notBefore(String job, Instant due) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE job SET due_at = " + due.toEpochMilli() + " WHERE id = '" + job + "'");
        } catch (SQLException e) {
            throw new IllegalStateException(job, e);
        }
    }

    /** Each bundle with its job's state, for messages. */
    Map<String, String> states() {
        Map<String, String> states = new LinkedHashMap<>();
        query("SELECT COALESCE(reference, bundle), state, reason, filed FROM job ORDER BY id", row -> states.put(
                row.getString(1), row.getString(2) + " " + row.getString(3) + (row.getInt(4) == 1 ? ", filed" : "")));
        return states;
    }

    private int count(String sql) {
        int[] count = {-1};
        query(sql, row -> count[0] = row.getInt(1));
        return count[0];
    }

    private void query(String sql, Row each) {
        if (!Files.exists(file)) {
            return;
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_MILLIS);
        try (Connection connection = config.createConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                each.accept(rows);
            }
        } catch (SQLException e) {
            if (!e.getMessage().contains("no such table")) {
                throw new IllegalStateException(sql, e);
            }
        }
    }

    private interface Row {
        void accept(ResultSet row) throws SQLException;
    }
}
