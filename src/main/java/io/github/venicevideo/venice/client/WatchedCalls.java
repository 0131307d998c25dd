package io.github.venicevideo.venice.client;

import io.github.venicevideo.venice.answer.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

/** Tells a {@link CallWatch} of the calls that one HTTP client makes. */
record WatchedCalls(CallWatch watch, Clock clock) implements ExecChainHandler {

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        ApiCall call = ApiCall.at(request.getPath() == null ? "" : request.getPath());
        watch.begin(call);
        ClassicHttpResponse response;
        Answer head;
        try {
            response = chain.proceed(request, scope);
            head = head(response);
        } catch (Throwable e) {
            // An Error too: a call that never ended would count as on the wire until the program does.
            watch.unanswered(call, !(e instanceof ConnectException || e instanceof UnknownHostException
                    || e instanceof ConnectTimeoutException || e instanceof HttpException));
            throw e;
        }
        watch.answered(call, head);
        return response;
    }

    private Answer head(ClassicHttpResponse response) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (var header : response.getHeaders()) {
            headers.putIfAbsent(header.getName(), header.getValue());
        }
        return Answer.read(response.getCode(), headers, InputStream.nullInputStream(), clock);
    }
}
