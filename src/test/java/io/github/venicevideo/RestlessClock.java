package io.github.venicevideo;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;

/**
 * Moves on by itself, a step at a time, whenever whoever sends jobs and whoever asks about them have looked by it and found
 * nothing to do, and none of their jobs is in hand. So what a program and its sandbox do takes no time, what they wait for
 * passes quickly, and nothing depends on how fast the machine is.
 */
final class RestlessClock extends Clock implements AutoCloseable {

    private static final Pattern CLAIMING = Pattern.compile("venice-jobs://(received|generating)");
    private static final int CLAIMERS = 2;
    private static final long A_MOMENT = 100_000;

    private final Map<Thread, Instant> looks = new ConcurrentHashMap<>();
    private volatile Instant now = Instant.parse("2026-11-01T12:00:00Z");
    private volatile boolean closed;

    /** @param home of the program that runs in the context */
    void run(CamelContext context, Path home, Duration step) {
        Thread mover = new Thread(() -> move(context, home, step), "restless-clock");
        mover.setDaemon(true);
        mover.start();
    }

    private void move(CamelContext context, Path home, Duration step) {
        try (Connection ledger = DriverManager.getConnection("jdbc:sqlite:" + home.resolve(".ledger/ledger.db"));
                PreparedStatement inHand = ledger.prepareStatement("SELECT 1 FROM job WHERE lease_owner IS NOT NULL LIMIT 1")) {
            while (!closed) {
                if (allHaveLooked() && !isAny(inHand) && context.getInflightRepository().size() == 0) {
                    now = now.plus(step);
                }
                LockSupport.parkNanos(A_MOMENT);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean allHaveLooked() {
        Thread[] threads = new Thread[2 * Thread.activeCount()];
        int claimers = 0;
        for (Thread thread : Arrays.copyOf(threads, Thread.enumerate(threads))) {
            if (CLAIMING.matcher(thread.getName()).find()) {
                List<String> methods = Arrays.stream(thread.getStackTrace()).map(StackTraceElement::getMethodName).toList();
                if (methods.contains("claimUntilStopped")) {
                    claimers++;
                    if (!methods.contains("await") || !now.equals(looks.get(thread))) {
                        return false;
                    }
                }
            }
        }
        return claimers == CLAIMERS;
    }

    private static boolean isAny(PreparedStatement query) throws SQLException {
        try (ResultSet found = query.executeQuery()) {
            return found.next();
        }
    }

    @Override
    public Instant instant() {
        Instant said = now;
        if (CLAIMING.matcher(Thread.currentThread().getName()).find()) {
            looks.put(Thread.currentThread(), said);
        }
        return said;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    @Override
    public void close() {
        closed = true;
    }
}
