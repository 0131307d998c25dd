package io.github.venicevideo.ledger.work;

import java.util.concurrent.Semaphore;

/**
 * The place that a job in hand takes up among the workers of its consumer. A step that may last long can move to another
 * place, so that the consumer goes on with other jobs meanwhile.
 */
public final class WorkerSlot {

    private Semaphore held;

    WorkerSlot(Semaphore held) {
        this.held = held;
    }

    /** Moves to a place among others, where one is free; else it stays where it is. */
    public synchronized void moveTo(Semaphore others) {
        if (held != others && others.tryAcquire()) {
            held.release();
            held = others;
        }
    }

    synchronized void release() {
        held.release();
    }
}
