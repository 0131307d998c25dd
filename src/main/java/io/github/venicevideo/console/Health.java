package io.github.venicevideo.console;

import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;

/**
 * Answers with what the health checks say: ours always, by name, whatever a host has set for the health of its context;
 * the context's others when one of them is down.
 */
public final class Health {

    /** The context's own level shows one check for all that are up. */
    private static final String EVERY_RESULT = "full";
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private final CamelContext context;
    private final HealthChecks ours;
    private final boolean names;

    /** @param names whether whoever asks has borne the token, so that bundles are named */
    public Health(CamelContext context, HealthChecks ours, boolean names) {
        this.context = context;
        this.ours = ours;
        this.names = names;
    }

    /** Every check: 503 when one of them is down. */
    public void all(Exchange exchange) throws IOException {
        answer(exchange, HealthCheck.Kind.ALL, check -> true);
    }

    /** Down when only a new start could mend it. */
    public void live(Exchange exchange) throws IOException {
        answer(exchange, HealthCheck.Kind.LIVENESS, HealthCheck::isLiveness);
    }

    /** Down when bundles cannot be taken or worked on. */
    public void ready(Exchange exchange) throws IOException {
        answer(exchange, HealthCheck.Kind.READINESS, HealthCheck::isReadiness);
    }

    private void answer(Exchange exchange, HealthCheck.Kind kind, Predicate<HealthCheck> wanted) throws IOException {
        List<HealthCheck.Result> results = Stream.concat(ours.call(wanted, names), othersThatAreDown(kind, wanted))
                .sorted(Comparator.comparing(Health::name)).toList();
        boolean up = results.stream().noneMatch(Health::isDown);
        ConsoleAnswer.write(exchange.getMessage(), up ? OK : UNAVAILABLE, Map.of("status", up ? "UP" : "DOWN",
                "checks", results.stream().map(Health::line).toList()));
    }

    private Stream<HealthCheck.Result> othersThatAreDown(HealthCheck.Kind kind, Predicate<HealthCheck> wanted) {
        return HealthCheckHelper.invoke(context, check -> Map.of(HealthCheck.CHECK_KIND, kind),
                check -> ours.contains(check) || !wanted.test(check), EVERY_RESULT).stream().filter(Health::isDown);
    }

    private static boolean isDown(HealthCheck.Result result) {
        return result.getState() == HealthCheck.State.DOWN;
    }

    private static Map<String, Object> line(HealthCheck.Result result) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("name", name(result));
        line.put("status", result.getState().name());
        result.getMessage().ifPresent(message -> line.put("message", message));
        return line;
    }

    private static String name(HealthCheck.Result result) {
        return result.getCheck().getId();
    }
}
