package io.github.venicevideo.sandbox.api;

import java.util.ArrayDeque;
import java.util.Deque;

/** Counts events within the last so many milliseconds: a strict rolling window, as unkind as a provider's can be. */
final class RollingWindow {

    private final int limit;
    private final long millis;
    private final Deque<Long> events = new ArrayDeque<>();

    RollingWindow(int limit, long millis) {
        this.limit = limit;
        this.millis = millis;
    }

    int limit() {
        return limit;
    }

    /** Counts an event unless the window is full. @return whether it was counted */
    synchronized boolean tryCount(long now) {
        forget(now);
        if (events.size() >= limit) {
            return false;
        }
        events.addLast(now);
        return true;
    }

    synchronized int remaining(long now) {
        forget(now);
        return limit - events.size();
    }

    /** When the next event has room again; now, when there is room. */
    synchronized long roomAt(long now) {
        forget(now);
        return events.size() < limit ? now : events.peekFirst() + millis;
    }

    synchronized void clear() {
        events.clear();
    }

    private void forget(long now) {
        while (!events.isEmpty() && events.peekFirst() <= now - millis) {
            events.removeFirst();
        }
    }
}
