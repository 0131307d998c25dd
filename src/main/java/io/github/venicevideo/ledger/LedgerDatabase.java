package io.github.venicevideo.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.github.venicevideo.api.InFlight;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.api.Policy;
import io.github.venicevideo.home.FolderRecord;
import io.github.venicevideo.ledger.consent.ConsentEntry;
import io.github.venicevideo.ledger.job.HistoryEntry;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.JobEvent;
import io.github.venicevideo.ledger.job.LedgerJson;
import io.github.venicevideo.ledger.remote.Delivery;
import io.github.venicevideo.ledger.remote.DestinationTrouble;
import io.github.venicevideo.ledger.store.LedgerException;
import io.github.venicevideo.ledger.store.LedgerLock;
import io.github.venicevideo.ledger.store.LedgerSchema;
import io.github.venicevideo.ledger.store.OnceMatched;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** The database behind the ledger: lock, pool, schema, and how Java types lie in columns. */
public final class LedgerDatabase implements AutoCloseable {

    public static final String FILE = "ledger.db";

    private static final int CONNECTIONS = 4;
    private static final int BUSY_MILLIS = 20_000;
    /** Knows what it has parsed before, of whichever ledger. */
    private static final SqlParser PARSER = new ColonPrefixSqlParser();
    /** In bytes; to read through so much takes a tenth of a second. */
    private static final long LARGE = 32L << 20;
    private static final String DAMAGED = "It is damaged";

    private final LedgerLock lock;
    private final HikariDataSource pool;
    private final Jdbi jdbi;

    private LedgerDatabase(LedgerLock lock, HikariDataSource pool, Jdbi jdbi) {
        this.lock = lock;
        this.pool = pool;
        this.jdbi = jdbi;
    }

    static LedgerDatabase open(Path folder) {
        LedgerLock lock = LedgerLock.take(folder);
        HikariDataSource pool = null;
        try {
            boolean doubted = isDoubted(folder.resolve(FILE));
            pool = pool(folder.resolve(FILE));
            if (doubted) {
                checkWhole(pool);
            }
            new LedgerSchema(pool, folder).bringUp();
            return new LedgerDatabase(lock, pool, jdbi(pool));
        } catch (SQLException | HikariPool.PoolInitializationException e) {
            close(pool, lock);
            throw unusable(folder, e);
        } catch (RuntimeException e) {
            close(pool, lock);
            throw e;
        }
    }

    private static void close(HikariDataSource pool, LedgerLock lock) {
        if (pool != null) {
            pool.close();
        }
        lock.close();
    }

    /** What to do about a ledger that cannot be opened follows from what SQLite says of it. */
    static LedgerException unusable(Path folder, Exception e) {
        String message = message(e);
        boolean damaged = Stream.of("SQLITE_CORRUPT", "SQLITE_NOTADB", DAMAGED).anyMatch(message::contains);
        return new LedgerException("The ledger in " + folder + " cannot be used: " + message + (damaged
                ? ". It was left as it is. Put a copy in its place as " + FILE + " (--backup makes one; move " + FILE + ", "
                        + FILE + "-wal and " + FILE + "-shm away first). Without a copy move them away all the same: what"
                        + " was in hand is restored from .work."
                : ". Is its disk full, or may this program not write there? Nothing was changed."), e);
    }

    /** What SQLite says, and what may be done about it. */
    public static String said(Exception e) {
        String message = message(e);
        return message + (Stream.of("SQLITE_FULL", "SQLITE_READONLY", "SQLITE_IOERR", "SQLITE_CANTOPEN").anyMatch(message::contains)
                ? ". Is its disk full, or may this program not write there?" : ".");
    }

    private static String message(Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null && !(cause instanceof SQLException)) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    /**
     * Whether it is read through before it is used: it is, as long as that takes no time, and a large one when whoever had it
     * last did not close it, which would have left no log beside it. A page that is damaged is found when it is read, too.
     */
    static boolean isDoubted(Path file) {
        return file.toFile().length() < LARGE || Files.exists(Path.of(file + "-wal"));
    }

    private static void checkWhole(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection(); Statement statement = connection.createStatement();
                ResultSet checked = statement.executeQuery("PRAGMA quick_check(1)")) {
            if (!checked.getString(1).equals("ok")) {
                throw new SQLException(DAMAGED + ": " + checked.getString(1));
            }
        }
    }

    /** A source of connections that cannot write. */
    static SQLiteDataSource readOnly(Path file) {
        SQLiteConfig sqlite = new SQLiteConfig();
        sqlite.setReadOnly(true);
        sqlite.setBusyTimeout(BUSY_MILLIS);
        SQLiteDataSource source = new SQLiteDataSource(sqlite);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    Jdbi jdbi() {
        return jdbi;
    }

    @Override
    public void close() {
        close(pool, lock);
    }

    private static HikariDataSource pool(Path file) {
        SQLiteConfig sqlite = new SQLiteConfig();
        sqlite.setJournalMode(SQLiteConfig.JournalMode.WAL);
        sqlite.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        sqlite.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        sqlite.setBusyTimeout(BUSY_MILLIS);
        sqlite.enforceForeignKeys(true);
        SQLiteDataSource source = new SQLiteDataSource(sqlite);
        source.setUrl("jdbc:sqlite:" + file);
        HikariConfig config = new HikariConfig();
        config.setPoolName("venice-ledger");
        config.setDataSource(source);
        config.setMaximumPoolSize(CONNECTIONS);
        // What is deleted is overwritten: it may be what somebody wants forgotten.
        config.setConnectionInitSql("PRAGMA secure_delete = ON");
        return new HikariDataSource(config);
    }

    static Jdbi jdbi(DataSource source) {
        Jdbi jdbi = Jdbi.create(source);
        // Its messages would hold what is bound: prompts, and the download_url.
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(StatementExceptions.MessageRendering.NONE);
        jdbi.getConfig(SqlStatements.class).setSqlParser(PARSER);
        jdbi.registerColumnMapper(Instant.class, (row, column, context) -> {
            long millis = row.getLong(column);
            return row.wasNull() ? null : Instant.ofEpochMilli(millis);
        });
        jdbi.registerArgument(new AbstractArgumentFactory<Instant>(java.sql.Types.BIGINT) {
            @Override
            protected Argument build(Instant value, ConfigRegistry config) {
                return (position, statement, context) -> statement.setLong(position, value.toEpochMilli());
            }
        });
        jdbi.registerColumnMapper(JobState.class, (row, column, context) -> JobState.of(row.getString(column)));
        LedgerJson.register(jdbi);
        jdbi.registerRowMapper(Job.class, new OnceMatched<>(Job.class));
        jdbi.registerRowMapper(InFlight.class, new OnceMatched<>(InFlight.class));
        jdbi.registerRowMapper(HistoryEntry.class, new OnceMatched<>(HistoryEntry.class));
        jdbi.registerRowMapper(Delivery.class, new OnceMatched<>(Delivery.class));
        jdbi.registerRowMapper(DestinationTrouble.class, new OnceMatched<>(DestinationTrouble.class));
        jdbi.registerRowMapper(JobEvent.class, new OnceMatched<>(JobEvent.class));
        jdbi.registerRowMapper(ConsentEntry.class, new OnceMatched<>(ConsentEntry.class));
        jdbi.registerRowMapper(Policy.class, new OnceMatched<>(Policy.class));
        jdbi.registerRowMapper(FolderRecord.class, new OnceMatched<>(FolderRecord.class));
        return jdbi;
    }
}
