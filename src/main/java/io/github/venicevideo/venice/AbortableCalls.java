package io.github.venicevideo.venice;

import java.io.IOException;
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
 * time. An aborted call is judged by what it had written, as one whose connection broke.
 */
final class AbortableCalls implements ExecChainHandler {

    private final Set<Cancellable> calls = ConcurrentHashMap.newKeySet();

    /** Ends every call that is on the wire now. */
    void abort() {
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
            return chain.proceed(request, scope);
        } finally {
            calls.remove(call);
        }
    }
}
