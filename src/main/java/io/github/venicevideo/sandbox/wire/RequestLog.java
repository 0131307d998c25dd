package io.github.venicevideo.sandbox.wire;

import io.github.venicevideo.sandbox.call.LoggedRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The newest requests, in the order of their answers. */
public final class RequestLog {

    private final int most;
    private final Deque<LoggedRequest> requests = new ArrayDeque<>();

    public RequestLog(int most) {
        this.most = most;
    }

    synchronized void add(LoggedRequest request) {
        requests.addLast(request);
        if (requests.size() > most) {
            requests.removeFirst();
        }
    }

    public synchronized List<LoggedRequest> all() {
        return new ArrayList<>(requests);
    }
}
