package io.github.venicevideo.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.Stays;
import io.github.venicevideo.ledger.LedgerView;
import io.github.venicevideo.ledger.Overview;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.MicroUsd;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code --status}: what the ledger holds, beside a program that runs or does not. */
final class StatusCommand implements Command {


    private final Clock clock;

    StatusCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String option() {
        return "--status";
    }

    @Override
    public String operands() {
        return "[--json]";
    }

    @Override
    public String says() {
        return "print how many jobs there are of each kind";
    }

    @Override
    public int run(CommandSettings start, List<String> operands, PrintStream out) throws Exception {
        if (!operands.isEmpty() && !operands.equals(List.of("--json"))) {
            throw new IllegalArgumentException("--status takes --json or nothing, not " + String.join(" ", operands));
        }
        ObjectNode status = status(start, LedgerView.of(start.ledger()));
        if (operands.isEmpty()) {
            print(status, out);
        } else {
            out.println(new String(Json.pretty(status), StandardCharsets.UTF_8));
        }
        return 0;
    }

    private ObjectNode status(CommandSettings start, LedgerView ledger) throws IOException {
        Overview overview = ledger.overview();
        ObjectNode status = Json.mapper().createObjectNode();
        status.put("home", start.home().toString());
        Map<JobState, Long> counts = overview.jobs();
        ObjectNode jobs = status.putObject("jobs");
        for (JobState state : JobState.values()) {
            jobs.put(state.toString(), counts.getOrDefault(state, 0L));
        }
        ObjectNode parked = status.putObject("parked");
        overview.parked().forEach(parked::put);
        Instant now = clock.instant();
        ObjectNode oldest = status.putObject("oldest_seconds");
        overview.oldest().forEach((state, since) -> oldest.put(state.toString(),
                Math.max(0, Duration.between(since, now).toSeconds())));
        Optional<String> closed = overview.closedGate(start.keyId());
        status.put("gate", closed.isPresent() ? "closed" : "open");
        closed.ifPresent(message -> status.put("gate_message", message));
        Optional<String> unreached = overview.unreached(start.keyId());
        status.put("api", unreached.isPresent() ? "down" : "up");
        unreached.ifPresent(message -> status.put("api_message", message));
        LocalDate today = LocalDate.ofInstant(now, ZoneId.of(start.settings().required("venice.zone")));
        status.put("spent_today_usd", MicroUsd.toUsd(ledger.spent(today)));
        start.settings().usd("venice.budget.per-day")
                .ifPresent(limit -> status.put("budget_per_day_usd", MicroUsd.toUsd(limit)));
        ArrayNode stays = status.putArray("not_taken");
        Stays.read(Home.at(start.home())).forEach(stays::add);
        return status;
    }

    private static String spelt(Duration age) {
        return age.toHours() > 0 ? age.toHours() + " h " + age.toMinutesPart() + " min"
                : age.toMinutes() > 0 ? age.toMinutes() + " min" : age.toSeconds() + " s";
    }

    private static void print(ObjectNode status, PrintStream out) {
        out.println("Home: " + status.path("home").asText());
        status.path("jobs").properties().forEach(state -> {
            long oldest = status.path("oldest_seconds").path(state.getKey()).asLong(-1);
            out.printf("%8d %s%s%n", state.getValue().asLong(), state.getKey(),
                    oldest < 0 ? "" : ", the oldest for " + spelt(Duration.ofSeconds(oldest)));
            if (state.getKey().equals("parked")) {
                status.path("parked").properties().forEach(reason ->
                        out.printf("%12d %s%n", reason.getValue().asLong(), reason.getKey()));
            }
        });
        out.println("Gate: " + status.path("gate").asText() + (status.has("gate_message")
                ? ". " + status.path("gate_message").asText() : ""));
        status.path("not_taken").forEach(stay -> out.println("Not taken: " + stay.asText()));
        if (status.has("api_message")) {
            out.println("API: down. " + status.path("api_message").asText());
        }
        out.println("Spent today: " + status.path("spent_today_usd").decimalValue().toPlainString() + " USD"
                + (status.has("budget_per_day_usd")
                        ? " of " + status.path("budget_per_day_usd").decimalValue().toPlainString() : ""));
    }
}
