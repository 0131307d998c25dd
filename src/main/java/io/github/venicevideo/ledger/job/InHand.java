package io.github.venicevideo.ledger.job;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * The claims whose steps are running in this program. A lease ends by the clock, and a step does not: when the clock is set
 * forward, or the disk takes no renewal for a while, the lease ends under its worker, and nobody here may take the job
 * beside it. Between programs that share a ledger the lease alone decides.
 */
public final class InHand {

    private final Set<String> claims = ConcurrentHashMap.newKeySet();

    /** A worker is about to begin. */
    public void begin(Job job) {
        job.leaseOwner().ifPresent(claims::add);
    }

    /** Its worker is done, and has given back what it did not hand on. */
    public void end(Job job) {
        job.leaseOwner().ifPresent(claims::remove);
    }

    /**
     * A condition in SQL: nobody has the row in hand. {@link #bind} goes with it, and {@code :now}.
     *
     * @param table the table's name and a dot, or empty
     */
    static String isFree(String table) {
        return "(" + table + "lease_until IS NULL OR " + table + "lease_until < :now AND " + table
                + "lease_owner NOT IN (<inHand>))";
    }

    <S extends SqlStatement<S>> S bind(S statement) {
        // An empty list is no SQL; no claim has an empty name.
        List<String> all = Stream.concat(Stream.of(""), claims.stream()).toList();
        return statement.bindList("inHand", all);
    }
}
