package io.github.venicevideo.venice;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpRequestInterceptor;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Puts the key on calls to the API, and takes any {@code Authorization} off all others. */
record KeyHeader(ApiAddress api, Supplier<Optional<String>> key) implements HttpRequestInterceptor {

    @Override
    public void process(HttpRequest request, EntityDetails entity, HttpContext context) throws HttpException {
        request.removeHeaders(HttpHeaders.AUTHORIZATION);
        if (!api.covers(target(request))) {
            return;
        }
        Optional<String> secret = key.get().map(String::strip).filter(k -> !k.isEmpty());
        if (secret.isEmpty()) {
            return;
        }
        if (!secret.get().chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new ProtocolException("The API key holds a character that no key has; check venice.api.key");
        }
        request.setHeader(new Bearer(secret.get()));
    }

    private static URI target(HttpRequest request) throws ProtocolException {
        try {
            return request.getUri();
        } catch (URISyntaxException e) {
            throw new ProtocolException("The request has no proper address", e);
        }
    }

    /** Not the key. */
    @Override
    public String toString() {
        return "key for " + api.base();
    }

    /** The client's log of headers shows what a header says of itself. */
    private record Bearer(String key) implements Header {

        @Override
        public String getName() {
            return HttpHeaders.AUTHORIZATION;
        }

        @Override
        public String getValue() {
            return "Bearer " + key;
        }

        @Override
        public boolean isSensitive() {
            return true;
        }

        @Override
        public String toString() {
            return HttpHeaders.AUTHORIZATION + ": …";
        }
    }
}
