package io.github.venicevideo.ledger.store;

import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.home.OwnerOnly;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Copies a ledger, also one that is being worked with, as it is at one moment. */
public final class LedgerCopy {

    private LedgerCopy() {
    }

    /**
     * Makes a copy, checks it, and only then gives it its name. Like the ledger it is its owner's alone: it holds secrets.
     *
     * @return how many jobs it holds
     * @throws FileAlreadyExistsException rather than replace a file
     * @throws IOException when it cannot be made, or is not whole
     */
    public static long of(DataSource source, Path file) throws IOException {
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString(), null, "it is not replaced");
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        OwnerOnly.create(part);
        try (Connection connection = source.getConnection();
                PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
            copy.setString(1, part.toString());
            copy.execute();
            long jobs = finish(part);
            DurableFiles.syncFile(part);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            DurableFiles.syncFolder(file.toAbsolutePath().getParent());
            return jobs;
        } catch (SQLException e) {
            Files.deleteIfExists(part);
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Whoever puts the copy back is to be told from the ledger that the last program left. */
    private static long finish(Path part) throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + part);
                Statement statement = connection.createStatement()) {
            try (ResultSet table = statement.executeQuery("SELECT 1 FROM sqlite_master WHERE name = 'home'")) {
                if (table.next()) {
                    statement.execute("UPDATE home SET started = NULL");
                }
            }
            try (ResultSet checked = statement.executeQuery("PRAGMA integrity_check(1)")) {
                if (!checked.getString(1).equals("ok")) {
                    throw new IOException("The copy is damaged: " + checked.getString(1));
                }
            }
            try (ResultSet jobs = statement.executeQuery("SELECT COUNT(*) FROM job")) {
                return jobs.getLong(1);
            }
        }
    }
}
