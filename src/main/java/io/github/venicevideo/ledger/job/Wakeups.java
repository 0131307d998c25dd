package io.github.venicevideo.ledger.job;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Wakes, within this program, whoever waits for a kind of work. Only ever a shortcut: the ledger is asked again
 * after a while in any case, so that a wake-up that never came costs time, not work.
 */
public final class Wakeups {

    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Due, Long> versions = new EnumMap<>(Due.class);

    public void wake(Due due) {
        lock.lock();
        try {
            versions.merge(due, 1L, Long::sum);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Wakes whoever has to do with the state that a job has just reached. */
    void wake(Job job) {
        switch (job.state()) {
            case RECEIVED -> wake(Due.RECEIVED);
            case GENERATING -> wake(Due.GENERATING);
            case RETRIEVED -> wake(Due.RETRIEVED);
            case DELIVERED, FAILED -> {
                wake(Due.UNFILED);
                wake(Due.CLEANUP);
            }
            case PARKED -> wake(Due.UNFILED);
            case SUBMITTING -> { }
        }
    }

    /** Taken before the ledger is asked, so that what comes in between is not slept through. */
    public long version(Due due) {
        lock.lock();
        try {
            return versions.getOrDefault(due, 0L);
        } finally {
            lock.unlock();
        }
    }

    public void await(Due due, long seen, long millis) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (left > 0 && versions.getOrDefault(due, 0L) == seen) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
