package io.github.venicevideo.ledger.limit;

import io.github.venicevideo.ledger.KeyId;
import io.github.venicevideo.ledger.Overview;
import io.github.venicevideo.venice.answer.Answer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the API answers at all. Told of every call, it notices when several in a row were in vain or one is not answered for
 * long, and keeps that in the ledger, for those who ask from outside. The first answer ends it.
 */
public final class Reach {

    private static final Logger LOG = LoggerFactory.getLogger(Reach.class);
    /** One call in vain is an accident. */
    private static final int IN_VAIN = 2;
    /** So long a call is quiet that has no large body. */
    private static final Duration QUIET = Duration.ofSeconds(40);
    private static final int BAD_GATEWAY = 502;
    private static final int GATEWAY_TIMEOUT = 504;
    /** From here on a proxy tells of the server behind it. */
    private static final int PROXY = 520;

    private final Supplier<Jdbi> sql;
    private final Clock clock;
    private final KeyId key;
    private final Overview overview;
    private final Map<Thread, Instant> asking = new ConcurrentHashMap<>();
    private Instant lastCall = Instant.MIN;
    private int inVain;
    private boolean known;
    private boolean out;

    Reach(Supplier<Jdbi> sql, Clock clock, KeyId key) {
        this.sql = sql;
        this.clock = clock;
        this.key = key;
        this.overview = new Overview(sql);
    }

    synchronized void begin(boolean large) {
        lastCall = clock.instant();
        if (!large) {
            asking.put(Thread.currentThread(), lastCall);
        }
    }

    /** An answer came, from the API or from something in front of it that does not reach it. */
    void answered(Answer head) {
        if (head.status() == BAD_GATEWAY || head.status() == GATEWAY_TIMEOUT || head.status() >= PROXY) {
            failed("something on the way answers with " + head.status());
        } else {
            ended(true, "");
        }
    }

    void failed(String why) {
        ended(false, why);
    }

    /** Whether nothing was called for so long that nobody knows, though jobs wait. */
    public boolean isUnknownFor(Duration time) {
        synchronized (this) {
            if (!lastCall.isBefore(clock.instant().minus(time))) {
                return false;
            }
        }
        return overview.waits(key);
    }

    /** What is wrong while anything waits to be sent or asked about; empty when the API answers, or nobody needs it. */
    public Optional<String> trouble() {
        look();
        return overview.unreached(key);
    }

    /** Notices a call that is on the wire and not answered. */
    public synchronized void look() {
        Instant now = clock.instant();
        asking.values().stream().min(Instant::compareTo).filter(begun -> begun.plus(QUIET).isBefore(now))
                .ifPresent(begun -> tell("it takes calls, and does not answer"));
    }

    private synchronized void ended(boolean answered, String why) {
        asking.remove(Thread.currentThread());
        inVain = answered ? 0 : inVain + 1;
        if (inVain >= IN_VAIN) {
            tell(why);
        } else if (answered && (out || !known)) {
            known = true;
            out = false;
            boolean was = sql.get().withHandle(handle -> handle.createUpdate("UPDATE gate SET unreached_since = NULL,"
                    + " unreached = NULL WHERE key_id = :key AND unreached_since IS NOT NULL").bind("key", key.value()).execute()) > 0;
            if (was) {
                LOG.info("The API answers again");
            }
        }
    }

    private void tell(String why) {
        if (!out) {
            out = true;
            known = true;
            sql.get().useTransaction(handle -> {
                handle.createUpdate("INSERT INTO gate (key_id) VALUES (:key) ON CONFLICT DO NOTHING").bind("key", key.value()).execute();
                handle.createUpdate("UPDATE gate SET unreached_since = COALESCE(unreached_since, :now), unreached = :why"
                                + " WHERE key_id = :key")
                        .bind("now", clock.instant()).bind("why", why).bind("key", key.value()).execute();
            });
            LOG.error("The API cannot be reached: {}. What waits for it is kept", why);
        }
    }
}
