package io.github.venicevideo.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The versions of the ledger's tables: a newer ledger is refused, an older one is copied and brought up to date. */
final class LedgerSchema {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerSchema.class);
    private static final String COPY = "before-V";
    /** Begins the names of the copies that are made before an update. */
    static final String COPIES = "ledger-" + COPY;
    private static final int KEPT = 3;
    private static final String HISTORY = "flyway_schema_history";

    private final DataSource source;
    private final Path folder;

    LedgerSchema(DataSource source, Path folder) {
        this.source = source;
        this.folder = folder;
    }

    /** Makes the ledger this program's, its older self copied beside it. */
    void bringUp() throws SQLException {
        if (isThis()) {
            return;
        }
        Flyway flyway = flyway();
        MigrationInfoService info = flyway.info();
        refuseNewer(info);
        MigrationInfo[] pending = info.pending();
        if (info.current() != null && pending.length > 0) {
            copyBefore(pending[pending.length - 1].getVersion().getVersion());
        }
        flyway.migrate();
    }

    /** @throws LedgerException when the ledger is of another version than this program, either way */
    void requireThis() throws SQLException {
        if (isThis()) {
            return;
        }
        MigrationInfoService info = flyway().info();
        refuseNewer(info);
        if (info.pending().length > 0) {
            throw new LedgerException("The ledger in " + folder + " is older than this program: start the program once, which"
                    + " copies it and brings it up to date.");
        }
    }

    /** As nearly always: then Flyway, which reads and compares every script, is not needed. */
    private boolean isThis() throws SQLException {
        try (Connection connection = source.getConnection();
                ResultSet tables = connection.getMetaData().getTables(null, null, HISTORY, null)) {
            return tables.next() && applied(connection).equals(Set.copyOf(Migrations.NAMES));
        }
    }

    private static Set<String> applied(Connection connection) throws SQLException {
        Set<String> scripts = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT script, success FROM " + HISTORY)) {
            while (rows.next()) {
                scripts.add(rows.getBoolean("success") ? rows.getString("script") : "failed");
            }
        }
        return scripts;
    }

    private Flyway flyway() {
        return Flyway.configure(LedgerSchema.class.getClassLoader())
                .dataSource(source)
                .resourceProvider(new Migrations())
                .javaMigrationClassProvider(List::of)
                .loggers("slf4j")
                .load();
    }

    private void refuseNewer(MigrationInfoService info) {
        Arrays.stream(info.applied()).filter(applied -> applied.getState().name().startsWith("FUTURE"))
                .reduce((earlier, later) -> later)
                .ifPresent(newest -> {
                    throw new LedgerException("The ledger in " + folder + " was written by a newer version of this program (its"
                            + " tables are V" + newest.getVersion() + "). Run that version; or restore a copy that was made"
                            + " before, such as ledger-" + COPY + newest.getVersion() + ".db beside it.");
                });
    }

    private void copyBefore(String version) {
        Path copy = folder.resolve("ledger-" + COPY + version + ".db");
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
