package io.github.venicevideo.console;

import io.github.venicevideo.home.DiskRoom;
import io.github.venicevideo.home.Drop;
import io.github.venicevideo.home.Drops;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.Looks;
import io.github.venicevideo.home.Stays;
import io.github.venicevideo.ledger.DestinationTrouble;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;

/** What is checked; in the context's own registry, so that a host sees it wherever it shows its health. */
public final class HealthChecks {

    /** For the ledger and for small files; what videos need is for {@link DiskRoom} to say. */
    private static final long LEAST_FREE = 200_000_000;
    private static final long MEGABYTE = 1_000_000;
    private static final List<String> LEDGER_FILES = List.of("ledger.db", "ledger.db-wal", "ledger.db-shm");
    private static final int MOST_NAMED = 5;

    private final List<SentenceCheck> checks;

    /**
     * @param destinations the names of those that are configured
     * @param room on the disk that videos are fetched to
     * @param limits of the key that is used
     * @param downSources the sources that cannot be read at the moment, each with the sentence that says why
     * @param leftInSources a sentence for each bundle that stays in a source and is not taken
     * @param looks at the folders that people put things into
     * @param stays what lies there and is not taken
     * @param models what is to be known of the models that bundles get
     */
    public HealthChecks(Home home, Drops drops, DiskRoom room, Ledger ledger, List<String> destinations, Limits limits,
            Supplier<Map<String, String>> downSources, Supplier<List<String>> leftInSources, Looks looks, Stays stays,
            Supplier<Optional<String>> models) {
        checks = List.of(
                new SentenceCheck("venice-ledger", true, () -> {
                    ledger.overview().jobs();
                    return unwritable(ledger.folder());
                }),
                new SentenceCheck("venice-disk", true, () -> room.lack(ledger.downloads().mostNeeded())
                        .or(() -> disk(home.work())).or(() -> disk(ledger.folder()))),
                new SentenceCheck("venice-folders", true, () -> folders(home, drops).or(looks::overdue)),
                new SentenceCheck("venice-stays", false, () -> some(stays.sentences()).or(() -> left(home))),
                new SentenceCheck("venice-gate", false, () -> limits.gate().closed().map(closed ->
                        "Nothing is sent to the queue, every job is kept: " + closed.message())),
                new SentenceCheck("venice-api", true, () -> limits.reach().trouble()),
                new SentenceCheck("venice-deadline", false, () -> overdue(ledger.overview().overdue())),
                new SentenceCheck("venice-destinations", false, () -> failing(ledger.deliveries().troubles(), destinations)),
                new SentenceCheck("venice-sources", false, () -> unread(downSources.get(), leftInSources.get())),
                SentenceCheck.warning("venice-models", models::get));
    }

    /** Registers them, once for a context. */
    public void addTo(CamelContext context) {
        checks.forEach(check -> check.setCamelContext(context));
        HealthCheckRegistry registry = HealthCheckRegistry.get(context);
        if (registry != null) {
            checks.stream().filter(check -> registry.getCheck(check.getId()).isEmpty()).forEach(registry::register);
        }
    }

    /** What those say that are wanted, asked now; also where the context's health is switched off or filtered. */
    Stream<HealthCheck.Result> call(Predicate<HealthCheck> wanted) {
        return checks.stream().filter(wanted).map(HealthCheck::call);
    }

    boolean contains(HealthCheck check) {
        return checks.stream().anyMatch(ours -> ours.getId().equals(check.getId()));
    }

    /** What can be read can be shown, but nothing can be done without writing first. */
    private static Optional<String> unwritable(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Optional.of("The ledger's folder " + folder + " is missing. Stop this program, bring it back, and start again.");
        }
        return Stream.concat(Stream.of(folder), LEDGER_FILES.stream().map(folder::resolve))
                .filter(path -> !Files.isWritable(path) && Files.exists(path)).findFirst()
                .map(path -> "The ledger cannot be written: " + path + ". Give this program's user the right to, or mend its"
                        + " disk; nothing is lost meanwhile.");
    }

    private static Optional<String> disk(Path folder) {
        long free;
        try {
            free = Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            return Optional.of("The disk where " + folder + " lies cannot be asked: " + e);
        }
        return free >= LEAST_FREE ? Optional.empty() : Optional.of("Only " + free / MEGABYTE + " MB are free where "
                + folder + " lies. Make room; nothing is lost meanwhile.");
    }

    private static Optional<String> folders(Home home, Drops drops) {
        return Stream.concat(Stream.of(home.work(), home.parked(), home.failed(), home.done()),
                        drops.all().stream().map(Drop::folder))
                .filter(folder -> !Files.isDirectory(folder) || !Files.isReadable(folder) || !Files.isWritable(folder))
                .findFirst()
                .map(folder -> "The folder " + folder + (Files.exists(folder) ? " cannot be read and written by this program."
                        : " is missing. Bring it back, or its share; nothing is taken from it meanwhile."));
    }

    /** What jobs were delivered without is of no matter any longer where the destination is not configured any longer. */
    private static Optional<String> failing(List<DestinationTrouble> troubles, List<String> destinations) {
        return Optional.of(troubles.stream()
                .filter(trouble -> trouble.waiting() > 0 || destinations.contains(trouble.destination()))
                .map(trouble -> trouble.destination() + " has taken nothing since " + trouble.since() + ", " + trouble.waiting()
                        + " wait for it and " + trouble.givenUp() + " were delivered without it: " + trouble.message())
                .collect(Collectors.joining(" "))).filter(said -> !said.isEmpty());
    }

    private static Optional<String> unread(Map<String, String> sources, List<String> left) {
        Stream<String> down = sources.entrySet().stream().map(source -> "The source " + source.getKey()
                + " cannot be read; it is tried again and again: " + source.getValue());
        return Optional.of(Stream.concat(down, some(left).stream()).collect(Collectors.joining(" "))).filter(said -> !said.isEmpty());
    }

    private static Optional<String> some(List<String> sentences) {
        String more = sentences.size() > MOST_NAMED ? " And " + (sentences.size() - MOST_NAMED) + " more." : "";
        return Optional.of(sentences.stream().limit(MOST_NAMED).map(each -> each.endsWith(".") ? each : each + ".")
                .collect(Collectors.joining(" ")) + more).filter(said -> !said.isEmpty());
    }

    /** What could not be removed when it was taken, or has no copy: a person's to look at. */
    private static Optional<String> left(Home home) {
        if (!Files.isDirectory(home.left())) {
            return Optional.empty();
        }
        try (Stream<Path> left = Files.list(home.left())) {
            return some(left.limit(MOST_NAMED).map(path -> path + " holds what was dropped, and could not be taken or removed. Look at"
                    + " it, and remove it").toList());
        } catch (IOException e) {
            return Optional.of(home.left() + " cannot be looked into: " + e);
        }
    }

    private static Optional<String> overdue(long jobs) {
        return jobs == 0 ? Optional.empty() : Optional.of(jobs + (jobs == 1 ? " job has" : " jobs have")
                + " been in the making for longer than venice.poll.deadline; the provider forgets a job after about 24 h."
                + " The log names them.");
    }
}
