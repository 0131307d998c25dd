package io.github.venicevideo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.ledger.LedgerView;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.MicroUsd;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@code --jobs}: what is there, one job a line, oldest first. */
final class JobsCommand implements Command {

    private static final String STATE = "--state";
    private static final String JSON = "--json";

    @Override
    public String option() {
        return "--jobs";
    }

    @Override
    public String operands() {
        return "[--state STATE] [--json]";
    }

    @Override
    public String says() {
        return "print the jobs, oldest first, of all states or one";
    }

    @Override
    public int run(CommandSettings start, List<String> operands, PrintStream out) throws Exception {
        Optional<JobState> state = Optional.empty();
        boolean json = false;
        for (int i = 0; i < operands.size(); i++) {
            if (operands.get(i).equals(JSON)) {
                json = true;
            } else if (operands.get(i).equals(STATE) && i + 1 < operands.size()) {
                state = Optional.of(state(operands.get(++i)));
            } else {
                throw new UsageException("--jobs takes " + operands() + ", not " + operands.get(i));
            }
        }
        LedgerView ledger = LedgerView.of(start.ledger());
        if (json) {
            ObjectNode document = Json.mapper().createObjectNode();
            var jobs = document.putArray("jobs");
            ledger.jobs().each(state, job -> jobs.add(json(job)));
            out.println(new String(Json.pretty(document), StandardCharsets.UTF_8));
        } else {
            ledger.jobs().each(state, job -> out.println(line(job)));
        }
        return 0;
    }

    private static JobState state(String name) {
        return Arrays.stream(JobState.values()).filter(state -> state.toString().equals(name)).findFirst()
                .orElseThrow(() -> new UsageException("--state takes one of " + Arrays.toString(JobState.values()) + ", not " + name));
    }

    private static String line(Job job) {
        return String.format("%s  %s  %-10s  %-16s  %s", job.id(), job.createdAt().truncatedTo(ChronoUnit.SECONDS), job.state(),
                job.reason().orElse(""), job.dropName() + "/" + (job.bundle().isEmpty() ? "(forgotten)" : job.bundle()));
    }

    static ObjectNode json(Job job) {
        ObjectNode node = Json.mapper().createObjectNode();
        node.put("job_id", job.id()).put("bundle", job.bundle()).put("drop", job.dropName());
        job.reference().ifPresent(reference -> node.put("reference", reference));
        node.put("state", job.state().toString());
        job.reason().ifPresent(reason -> node.put("reason", reason));
        job.message().ifPresent(message -> node.put("message", message));
        node.put("created_at", job.createdAt().toString()).put("updated_at", job.updatedAt().toString());
        job.queueId().ifPresent(id -> node.put("queue_id", id));
        job.price().ifPresent(price -> node.put("price_usd", MicroUsd.toUsd(price)));
        return node;
    }
}
