package io.github.venicevideo.ledger.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The versions of the ledger's tables: a newer ledger is refused, an older one is copied and brought up to date, whole or not at all.
 * No library does it, since those for it, once on a host's class path, have the host's own database migrated or refused.
 */
public final class LedgerSchema {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerSchema.class);
    private static final String COPY = "before-V";
    /** Begins the names of the copies that are made before an update. */
    public static final String COPIES = "ledger-" + COPY;
    private static final int KEPT = 3;
    private static final String HISTORY = "schema_history";
    private static final String FORMER_HISTORY = "flyway_schema_history";

    private final DataSource source;
    private final Path folder;
    private final List<Migration> migrations;

    public LedgerSchema(DataSource source, Path folder) {
        this(source, folder, Migrations.ALL);
    }

    LedgerSchema(DataSource source, Path folder, List<Migration> migrations) {
        this.source = source;
        this.folder = folder;
        this.migrations = migrations;
    }

    /** Makes the ledger this program's, its older self copied beside it. */
    public void bringUp() throws SQLException {
        try (Connection connection = source.getConnection()) {
            int applied = applied(connection);
            if (applied == migrations.size()) {
                return;
            }
            if (applied > 0) {
                copyBefore(migrations.get(migrations.size() - 1).version());
            }
            connection.setAutoCommit(false);
            try {
                migrate(connection);
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    /** @throws LedgerException when the ledger is of another version than this program, either way */
    public void requireThis() throws SQLException {
        try (Connection connection = source.getConnection()) {
            if (applied(connection) < migrations.size()) {
                throw new LedgerException("The ledger in " + folder + " is older than this program: start the program once, which"
                        + " copies it and brings it up to date.");
            }
        }
    }

    /** How many of the migrations the ledger has seen: the first of them, since they are of one order. */
    private int applied(Connection connection) throws SQLException {
        Map<String, Integer> history = history(connection);
        List<String> known = migrations.stream().map(Migration::name).toList();
        String newest = "";
        for (String script : history.keySet()) {
            newest = known.contains(script) ? newest : new Migration(script, "").version();
        }
        if (!newest.isEmpty()) {
            throw new LedgerException("The ledger in " + folder + " was written by a newer version of this program (its"
                    + " tables are V" + newest + "). Run that version; or restore a copy that was made"
                    + " before, such as " + COPIES + newest + ".db beside it.");
        }
        for (Migration migration : migrations.subList(0, history.size())) {
            Integer checksum = history.get(migration.name());
            if (checksum == null || checksum != migration.checksum()) {
                throw new LedgerException("The ledger in " + folder + " was made with "
                        + (checksum == null ? "no " : "another ") + migration.name() + " than this program has. Nothing was changed:"
                        + " run the version that made it, or restore a copy of before.");
            }
        }
        return history.size();
    }

    /** Checksums by the names of scripts, in the order in which they ran; none in a new ledger. */
    private static Map<String, Integer> history(Connection connection) throws SQLException {
        Map<String, Integer> history = new LinkedHashMap<>();
        if (has(connection, HISTORY)) {
            read(connection, "SELECT script, checksum FROM " + HISTORY + " ORDER BY rank", history);
        } else if (has(connection, FORMER_HISTORY)) {
            read(connection, "SELECT script, checksum FROM " + FORMER_HISTORY + " WHERE success ORDER BY installed_rank", history);
        }
        return history;
    }

    private static boolean has(Connection connection, String table) throws SQLException {
        try (ResultSet tables = connection.getMetaData().getTables(null, null, table, null)) {
            return tables.next();
        }
    }

    private static void read(Connection connection, String select, Map<String, Integer> history) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(select)) {
            while (rows.next()) {
                history.put(rows.getString(1), rows.getInt(2));
            }
        }
    }

    private void migrate(Connection connection) throws SQLException {
        int applied = applied(connection);
        boolean adopts = !has(connection, HISTORY);
        if (adopts) {
            try (PreparedStatement create = connection.prepareStatement("CREATE TABLE " + HISTORY
                    + " (rank INTEGER PRIMARY KEY, script TEXT NOT NULL UNIQUE, checksum INTEGER NOT NULL)")) {
                create.executeUpdate();
            }
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + HISTORY + " VALUES (?, ?, ?)");
                Statement statement = connection.createStatement()) {
            for (int i = adopts ? 0 : applied; i < migrations.size(); i++) {
                Migration migration = migrations.get(i);
                insert.setInt(1, i + 1);
                insert.setString(2, migration.name());
                insert.setInt(3, migration.checksum());
                insert.executeUpdate();
                if (i >= applied) {
                    // Of a text with several statements it runs all, triggers included.
                    statement.executeUpdate(migration.sql());
                }
            }
        }
    }

    private void copyBefore(String version) {
        Path copy = folder.resolve(COPIES + version + ".db");
        try {
            Files.deleteIfExists(copy);
            LedgerCopy.of(source, copy);
            LOG.info("The ledger is brought up to V{}; what it was is kept as {}", version, copy);
            deleteOld();
        } catch (IOException e) {
            throw new LedgerException("The ledger in " + folder + " is to be brought up to date, and could not be copied before: "
                    + e + ". Nothing was changed.", e);
        }
    }

    private void deleteOld() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> copies = files.filter(file -> file.getFileName().toString().startsWith(COPIES))
                    .sorted(Comparator.comparing((Path file) -> file.toFile().lastModified()).reversed()).toList();
            for (Path old : copies.subList(Math.min(KEPT, copies.size()), copies.size())) {
                Files.deleteIfExists(old);
            }
        }
    }
}
