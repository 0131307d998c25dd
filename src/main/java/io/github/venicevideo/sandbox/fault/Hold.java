package io.github.venicevideo.sandbox.fault;

import io.github.venicevideo.sandbox.call.DroppedConnection;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A request that is kept waiting, so that a test can kill its client, or look around, at a known moment. Holds one
 * request; a released hold lets it go on, {@code Sandbox.close} drops it.
 */
public final class Hold {

    /** Where a request waits. */
    public enum Point {
        /** Only the head was read; with {@code Expect: 100-continue}, nothing else was sent. */
        BEFORE_BODY,
        /** The body was read whole; nothing is accepted yet. */
        BEFORE_WORK,
        /** The work is done, recorded and charged; no byte of the answer was sent. */
        BEFORE_ANSWER,
        /** A part of the video was sent. */
        WHILE_SENDING
    }

    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean abandoned;

    Hold() {
    }

    /** Waits until a request is held. @return false when none was within that (real) time */
    public boolean awaitHeld(Duration atMost) throws InterruptedException {
        return held.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    public void release() {
        released.countDown();
    }

    /** Drops what is held, instead of letting it go on. */
    void abandon() {
        abandoned = true;
        released.countDown();
    }

    public void pass() throws DroppedConnection {
        held.countDown();
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DroppedConnection("interrupted while held");
        }
        if (abandoned) {
            throw new DroppedConnection("closed while held");
        }
    }
}
