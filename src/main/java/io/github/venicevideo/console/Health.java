package io.github.venicevideo.console;

import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;

/** Answers with what the health checks of the context say: ours always, Camel's own when one of them is not up. */
public final class Health {

    private static final String OURS = "venice-";
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private final CamelContext context;

    public Health(CamelContext context) {
        this.context = context;
    }

    /** Every check: 503 when one of them is down. */
    public void all(Exchange exchange) throws IOException {
        answer(exchange, HealthCheckHelper.invoke(context));
    }

    /** Down when only a new start could mend it. */
    public void live(Exchange exchange) throws IOException {
        answer(exchange, HealthCheckHelper.invokeLiveness(context));
    }

    /** Down when bundles cannot be taken or worked on. */
    public void ready(Exchange exchange) throws IOException {
        answer(exchange, HealthCheckHelper.invokeReadiness(context));
    }

    private static void answer(Exchange exchange, Collection<HealthCheck.Result> results) throws IOException {
        boolean up = results.stream().noneMatch(result -> result.getState() == HealthCheck.State.DOWN);
        List<Map<String, Object>> checks = results.stream()
                .filter(result -> name(result).startsWith(OURS) || result.getState() == HealthCheck.State.DOWN)
                .sorted(Comparator.comparing(Health::name))
                .map(Health::line)
                .toList();
        ConsoleAnswer.write(exchange.getMessage(), up ? OK : UNAVAILABLE,
                Map.of("status", up ? "UP" : "DOWN", "checks", checks));
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
