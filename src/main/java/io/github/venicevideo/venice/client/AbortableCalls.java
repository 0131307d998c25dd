package io.github.venicevideo.venice.client;

import java.io.IOException;
import java.net.ConnectException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

/**
 * The calls of one HTTP client that are on the wire, so that a program that stops can end those that are not through in
 * time. An aborted call is judged by what it had written, as one whose connection broke. A call that comes after that is
 * not begun: the program may be gone before its answer is there.
 */
final class AbortableCalls implements ExecChainHandler {

    private final Set<Cancellable> calls = ConcurrentHashMap.newKeySet();
    private volatile boolean aborted;

    /** Lets calls begin. */
    void allow() {
        aborted = false;
    }

    /** Ends every call that is on the wire now, and lets no other begin. */
    void abort() {
        aborted = true;
        calls.forEach(Cancellable::cancel);
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        if (!(scope.originalRequest instanceof Cancellable call)) {
            return chain.proceed(request, scope);
        }
        calls.add(call);
        try {
            if (aborted) {
                // As one that never was connected, which is what everybody who judges it has to know.
                throw new ConnectException("The program is being stopped, so nothing more is sent");
            }
            return chain.proceed(request, scope);
        } finally {
            calls.remove(call);
        }
    }
}
