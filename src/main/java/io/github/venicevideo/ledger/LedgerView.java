package io.github.venicevideo.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteDataSource;

/** A ledger that is only read, beside the program that works with it: takes no lock, and could not write. */
public final class LedgerView {

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
        } catch (FlywayException | JdbiException | SQLException e) {
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
