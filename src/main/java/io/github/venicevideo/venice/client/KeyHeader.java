package io.github.venicevideo.venice.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.ProtocolException;

/** The key, for calls to the API and for no others. */
record KeyHeader(ApiAddress api, Supplier<Optional<String>> key) {

    /**
     * The header that a request goes out with; empty for a request to anybody else, and where there is no key.
     *
     * @throws ProtocolException where the key would break the request
     */
    Optional<Header> of(HttpRequest request) throws ProtocolException {
        if (!api.covers(target(request))) {
            return Optional.empty();
        }
        Optional<String> secret = key.get().map(String::strip).filter(k -> !k.isEmpty());
        if (secret.isPresent() && !secret.get().chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new ProtocolException("The API key holds a character that no key has; check venice.api.key");
        }
        return secret.map(Bearer::new);
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

    /** Whoever shows a header shows what it says of itself. */
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
