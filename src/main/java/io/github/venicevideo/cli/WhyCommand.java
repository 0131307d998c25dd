package io.github.venicevideo.cli;

import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.Stays;
import io.github.venicevideo.home.drop.Drop;
import io.github.venicevideo.home.drop.Drops;
import io.github.venicevideo.ledger.JobQuery;
import io.github.venicevideo.ledger.LedgerView;
import io.github.venicevideo.ledger.Overview;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.venice.MicroUsd;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** {@code --why}: why a job waits, or where its video is, and how it came to that. */
final class WhyCommand implements Command {

    private static final int NONE = 1;
    /** A name may have been used for years. */
    private static final int MOST = 20;

    private final Clock clock;

    WhyCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String option() {
        return "--why";
    }

    @Override
    public String operands() {
        return "JOB";
    }

    @Override
    public String says() {
        return "print why a job waits, or where its video is, with its history; JOB: its id, bundle, reference or queue_id";
    }

    @Override
    public int run(CommandSettings start, List<String> operands, PrintStream out) throws Exception {
        if (operands.size() != 1) {
            throw new UsageException("--why takes the id, bundle, reference or queue_id of one job");
        }
        String name = operands.get(0);
        LedgerView ledger = LedgerView.of(start.ledger());
        List<Job> jobs = ledger.jobs().meant(name);
        List<String> dropped = dropped(start, name);
        dropped.forEach(out::println);
        jobs.stream().limit(MOST).forEach(job -> tell(job, ledger, start, out));
        if (jobs.size() > MOST) {
            out.println("And " + (jobs.size() - MOST) + " earlier ones of that name: see --jobs");
        }
        if (jobs.isEmpty() && dropped.isEmpty()) {
            out.println("No job has the id, bundle, reference or queue_id " + name + ", and nothing of that name lies in a drop folder."
                    + " --jobs lists all jobs.");
            return NONE;
        }
        return 0;
    }

    private void tell(Job job, LedgerView ledger, CommandSettings start, PrintStream out) {
        JobQuery query = ledger.jobs();
        Overview overview = ledger.overview();
        out.println("Job " + job.id() + ", " + (job.bundle().isEmpty() ? "(forgotten)" : job.bundle()) + " of " + job.dropName()
                + ", since " + job.createdAt());
        out.println("  " + job.state() + job.reason().map(reason -> " (" + reason + ")").orElse("")
                + job.price().map(price -> ", " + MicroUsd.text(price) + " USD").orElse("")
                + job.queueId().map(id -> ", queue_id " + id).orElse(""));
        Waiting waiting = new Waiting(clock.instant(), job.api().equals(start.keyId().api()),
                overview.closedGate(start.keyId()).or(() -> overview.unreached(start.keyId())), query.before(job),
                query.nextRequest(start.keyId()), query.goesOnAt(job.id()), query.deliveries(job.id()));
        waiting.why(job).forEach(sentence -> out.println("  " + sentence));
        out.println("  History:");
        query.history(job.id()).forEach(entry -> out.println("    " + entry.at() + "  " + entry.state()
                + entry.reason().map(reason -> " (" + reason + ")").orElse("") + entry.message().map(said -> ": " + said).orElse("")));
    }

    /** What lies in a drop folder and is no job yet. */
    private static List<String> dropped(CommandSettings start, String name) throws IOException {
        List<String> stays = Stays.read(Home.at(start.home()));
        for (Drop drop : new Drops(start.settings(), start.home()).all()) {
            Optional<Path> there = in(drop.folder(), name);
            if (there.isPresent()) {
                return List.of(there.get() + " lies in the drop folder and is not taken yet. " + stays.stream()
                        .filter(sentence -> sentence.startsWith(name + " stays in ")).findFirst()
                        .orElse("It is taken when nothing in it has changed for venice.drop.settle ("
                                + start.settings().required("venice.drop.settle") + "), and the program runs; see --status."));
            }
        }
        return List.of();
    }

    private static Optional<Path> in(Path folder, String name) {
        try {
            return Optional.of(folder.resolve(name)).filter(file -> folder.equals(file.getParent())
                    && Files.exists(file, LinkOption.NOFOLLOW_LINKS));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
