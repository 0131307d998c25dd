package io.github.venicevideo.console;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Lets a call into the console, or refuses it. Every route of the console begins with it.
 *
 * <p>With a token, who bears it is let in. Without one, the console is bound to this machine alone, and the danger is a
 * page in its user's browser: one that has its own name resolved to 127.0.0.1 is told by the {@code Host} that it sends,
 * one that sends a form or a script's request from elsewhere by its content type and its {@code Origin}.
 *
 * <p>Servers put the parameters of a query among the headers, under one name with them. What is trusted in a header may
 * therefore not be in a query, nor come twice, and a call that changes something has no query at all.
 */
public final class ConsoleGuard {

    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final Set<String> SECRETS = Set.of("Authorization", "Cookie", "Proxy-Authorization");
    private static final Set<String> TRUSTED = Set.of("authorization", "content-type", "host", "origin", "sec-fetch-site");
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int UNSUPPORTED_TYPE = 415;

    private final Optional<ConsoleToken> token;

    public ConsoleGuard(Optional<ConsoleToken> token) {
        this.token = token;
    }

    /**
     * Passes a call on, without the headers that hold secrets.
     *
     * @throws ConsoleRefusal when it is not to be answered
     */
    public void check(Exchange exchange) throws ConsoleRefusal {
        Message call = exchange.getMessage();
        checkHeaders(call);
        String authorization = header(call, "Authorization").orElse("");
        String host = header(call, "Host").orElse("");
        SECRETS.forEach(call::removeHeader);
        if (token.isPresent() && !token.get().isBorneBy(authorization)) {
            throw new ConsoleRefusal(UNAUTHORIZED, "This console needs the header Authorization: Bearer with the value of"
                    + " venice.console.token.");
        }
        if (token.isEmpty() && !THIS_MACHINE.contains(name(host))) {
            throw new ConsoleRefusal(FORBIDDEN, "This console answers to localhost and 127.0.0.1 only. To use it under"
                    + " another name, set venice.console.token.");
        }
        if (!READING.contains(call.getHeader(Exchange.HTTP_METHOD, "", String.class))) {
            checkChange(call, host);
        }
    }

    private static void checkHeaders(Message call) throws ConsoleRefusal {
        for (String name : TRUSTED) {
            if (call.getHeader(name) instanceof Collection<?>) {
                throw new ConsoleRefusal(BAD_REQUEST, "The header " + name + " comes more than once.");
            }
        }
        for (String parameter : query(call).split("[&;]")) {
            String name = decoded(parameter.split("=", 2)[0]).strip().toLowerCase(Locale.ROOT);
            if (TRUSTED.contains(name)) {
                throw new ConsoleRefusal(BAD_REQUEST, "Send " + name + " as a header, not in the URL.");
            }
        }
    }

    private static String query(Message call) {
        String raw = call.getHeader(Exchange.HTTP_RAW_QUERY, "", String.class);
        return raw.isEmpty() ? call.getHeader(Exchange.HTTP_QUERY, "", String.class) : raw;
    }

    private static String decoded(String name) throws ConsoleRefusal {
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ConsoleRefusal(BAD_REQUEST, "The query of the URL cannot be read.");
        }
    }

    private static void checkChange(Message call, String host) throws ConsoleRefusal {
        if (!query(call).isEmpty()) {
            throw new ConsoleRefusal(BAD_REQUEST, "What changes something takes no query: send it all in the body.");
        }
        String type = header(call, Exchange.CONTENT_TYPE).orElse("");
        if (!type.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
            throw new ConsoleRefusal(UNSUPPORTED_TYPE, "Send it as Content-Type: application/json.");
        }
        Optional<String> origin = header(call, "Origin");
        boolean elsewhere = header(call, "Sec-Fetch-Site").filter(site -> !Set.of("same-origin", "none").contains(site))
                .isPresent();
        if (elsewhere || origin.isPresent() && !authority(origin.get()).equals(host.toLowerCase(Locale.ROOT))) {
            throw new ConsoleRefusal(FORBIDDEN, "It comes from a page of another origin.");
        }
    }

    private static Optional<String> header(Message call, String name) {
        return Optional.ofNullable(call.getHeader(name)).map(String::valueOf);
    }

    private static String name(String host) {
        int port = host.lastIndexOf(':');
        return (port > host.lastIndexOf(']') ? host.substring(0, port) : host).toLowerCase(Locale.ROOT);
    }

    private static String authority(String origin) {
        try {
            return Optional.ofNullable(URI.create(origin).getRawAuthority()).orElse("").toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
