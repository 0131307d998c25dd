package io.github.venicevideo.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.venicevideo.attestation.Policy;
import java.nio.file.Path;
import java.time.Instant;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** The database behind the ledger: lock, pool, schema, and how Java types lie in columns. */
final class LedgerDatabase implements AutoCloseable {

    private static final int CONNECTIONS = 4;
    private static final int BUSY_MILLIS = 20_000;

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
            pool = pool(folder.resolve("ledger.db"));
            Flyway.configure(LedgerDatabase.class.getClassLoader())
                    .dataSource(pool)
                    .locations("classpath:venice-video/migrations")
                    .loggers("slf4j")
                    .load()
                    .migrate();
            return new LedgerDatabase(lock, pool, jdbi(pool));
        } catch (FlywayException | com.zaxxer.hikari.pool.HikariPool.PoolInitializationException e) {
            if (pool != null) {
                pool.close();
            }
            lock.close();
            throw new LedgerException("The ledger in " + folder + " cannot be opened: " + e.getMessage(), e);
        }
    }

    Jdbi jdbi() {
        return jdbi;
    }

    @Override
    public void close() {
        pool.close();
        lock.close();
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
        return new HikariDataSource(config);
    }

    private static Jdbi jdbi(HikariDataSource pool) {
        Jdbi jdbi = Jdbi.create(pool);
        // Its messages would hold what is bound: prompts, and the download_url.
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(StatementExceptions.MessageRendering.NONE);
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
        jdbi.registerRowMapper(ConstructorMapper.factory(Job.class));
        jdbi.registerRowMapper(ConstructorMapper.factory(HistoryEntry.class));
        jdbi.registerRowMapper(ConstructorMapper.factory(Delivery.class));
        jdbi.registerRowMapper(ConstructorMapper.factory(JobEvent.class));
        jdbi.registerRowMapper(ConstructorMapper.factory(ConsentEntry.class));
        jdbi.registerRowMapper(ConstructorMapper.factory(Policy.class));
        return jdbi;
    }
}
