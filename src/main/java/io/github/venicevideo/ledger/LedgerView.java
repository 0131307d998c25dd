package io.github.venicevideo.ledger;

import io.github.venicevideo.ledger.consent.ConsentReport;
import io.github.venicevideo.ledger.job.Spend;
import io.github.venicevideo.ledger.store.LedgerCopy;
import io.github.venicevideo.ledger.store.LedgerException;
import io.github.venicevideo.ledger.store.LedgerSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteDataSource;

/** A ledger that is only read, beside the program that works with it: takes no lock, and could not write. */
public final class LedgerView {

    private static final String DOUBTED = "(j.state = 'parked' AND j.reason = 'in-doubt')";

    private final SQLiteDataSource source;
    private final Jdbi jdbi;

    private LedgerView(SQLiteDataSource source, Jdbi jdbi) {
        this.source = source;
        this.jdbi = jdbi;
    }

    /**
     * The ledger in a folder.
     *
     * @throws LedgerException when there is none, it cannot be read, or it is of another version than this program
     */
    public static LedgerView of(Path folder) {
        Path file = folder.resolve(LedgerDatabase.FILE);
        if (!Files.isRegularFile(file)) {
            throw new LedgerException("There is no ledger in " + folder + ". Is venice.home set as for the program itself?");
        }
        try {
            SQLiteDataSource source = LedgerDatabase.readOnly(file);
            new LedgerSchema(source, folder).requireThis();
            return new LedgerView(source, LedgerDatabase.jdbi(source));
        } catch (JdbiException | SQLException e) {
            throw LedgerDatabase.unusable(folder, e);
        }
    }

    /** How many jobs there are of each kind. */
    public Overview overview() {
        return new Overview(() -> jdbi);
    }

    /** Which videos rest on which attestation. */
    public ConsentReport consentReport() {
        return new ConsentReport(() -> jdbi);
    }

    /** What is spent, or reserved, on a day, in micro-dollars. */
    public long spent(LocalDate day) {
        return Spend.spent(jdbi, day);
    }

    /** What was spent in a month, by day, drop folder and model. */
    public List<SpendRow> spent(YearMonth month) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT s.day AS day, s.drop_name AS drop_name,"
                        + " COALESCE(j.model, json_extract(j.request, '$.fields.model'), '') AS model, COUNT(DISTINCT s.job_id) AS jobs,"
                        + " SUM(CASE WHEN s.state = 'reserved' AND NOT " + DOUBTED + " THEN s.amount ELSE 0 END) AS reserved,"
                        + " SUM(CASE WHEN s.state = 'settled' THEN s.amount ELSE 0 END) AS settled,"
                        + " SUM(CASE WHEN s.state = 'refunded' THEN s.amount ELSE 0 END) AS refunded,"
                        + " SUM(CASE WHEN s.state = 'reserved' AND " + DOUBTED + " THEN s.amount ELSE 0 END) AS doubted"
                        + " FROM spend s JOIN job j ON j.id = s.job_id WHERE s.day BETWEEN :first AND :last AND s.state <> 'released'"
                        + " GROUP BY 1, 2, 3 ORDER BY 1, 2, 3")
                .bind("first", month.atDay(1).toString()).bind("last", month.atEndOfMonth().toString())
                .map((row, context) -> new SpendRow(row.getString("day"), row.getString("drop_name"), row.getString("model"),
                        row.getLong("jobs"), row.getLong("reserved"), row.getLong("settled"), row.getLong("refunded"),
                        row.getLong("doubted")))
                .list());
    }

    /** Single jobs, and why they wait. */
    public JobQuery jobs() {
        return new JobQuery(jdbi);
    }

    /**
     * Copies it, as it is at one moment, and checks the copy.
     *
     * @return how many jobs the copy holds
     * @throws IOException when the file is there already, or the copy cannot be made
     */
    public long copyTo(Path file) throws IOException {
        return LedgerCopy.of(source, file);
    }
}
