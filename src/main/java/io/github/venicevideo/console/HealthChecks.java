package io.github.venicevideo.console;

import io.github.venicevideo.home.DiskRoom;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.Looks;
import io.github.venicevideo.home.Stays;
import io.github.venicevideo.home.drop.Drop;
import io.github.venicevideo.home.drop.Drops;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.Troubles;
import io.github.venicevideo.ledger.job.Due;
import io.github.venicevideo.ledger.limit.Limits;
import io.github.venicevideo.ledger.remote.DestinationTrouble;
import io.github.venicevideo.venice.endpoint.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
    private static final String STAYS = " where people put things, and not taken. --status names them.";

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
     * @param memory whether it has run out
     * @param events the endpoint that events go to
     */
    public HealthChecks(Home home, Drops drops, DiskRoom room, Ledger ledger, List<String> destinations, Limits limits,
            Supplier<Map<String, String>> downSources, Supplier<List<String>> leftInSources, Looks looks, Stays stays,
            Supplier<Optional<String>> models, Supplier<Optional<String>> memory, Optional<String> events) {
        checks = List.of(
                plain("venice-ledger", true, () -> {
                    ledger.overview().jobs();
                    return unwritable(ledger.folder());
                }),
                plain("venice-disk", true, () -> room.lack(ledger.downloads().mostNeeded())
                        .or(() -> disk(home.work())).or(() -> disk(ledger.folder()))),
                plain("venice-folders", true, () -> folders(home, drops).or(looks::overdue)),
                new SentenceCheck("venice-stays", false, () -> some(stays.sentences(), STAYS).or(() -> left(home))),
                plain("venice-gate", false, () -> limits.gate().closed().map(closed ->
                        "Nothing is sent to the queue, every job is kept: " + closed.message())),
                plain("venice-memory", true, memory::get),
                plain("venice-api", true, () -> limits.reach().trouble()),
                plain("venice-deadline", false, () -> overdue(ledger.overview().overdue())),
                new SentenceCheck("venice-destinations", false, () -> failing(ledger.deliveries().troubles(), destinations)),
                plain("venice-events", false, () -> ledger.troubles().of(Due.UNSENT.name()).map(trouble ->
                        "Events of " + jobs(trouble.count()) + " have not been taken by venice.events.uri since " + trouble.since()
                                + "; they are sent again and again: " + Secrets.hide(trouble.sentence(), events.orElse("")))),
                plain("venice-staging", false, () -> ledger.troubles().of(Troubles.STAGING).map(trouble ->
                        "The bucket of venice.staging.uri has not done what it should since " + trouble.since()
                                + "; it is tried again and again: " + trouble.sentence())),
                new SentenceCheck("venice-steps", false, () -> breakingOff(ledger.troubles())),
                new SentenceCheck("venice-sources", false, () -> unread(downSources.get(), leftInSources.get())),
                SentenceCheck.warning("venice-models", () -> Found.plain(models.get())));
    }

    private static SentenceCheck plain(String id, boolean readiness, Sentence sentence) {
        return new SentenceCheck(id, readiness, () -> Found.plain(sentence.find()));
    }

    /** One that holds no name of a bundle. */
    private interface Sentence {
        Optional<String> find() throws Exception;
    }

    /** Registers them, once for a context. */
    public void addTo(CamelContext context) {
        checks.forEach(check -> check.setCamelContext(context));
        HealthCheckRegistry registry = HealthCheckRegistry.get(context);
        if (registry != null) {
            checks.stream().filter(check -> registry.getCheck(check.getId()).isEmpty()).forEach(registry::register);
        }
    }

    /** Takes them out of a context's health again. */
    public void removeFrom(CamelContext context) {
        HealthCheckRegistry registry = HealthCheckRegistry.get(context);
        if (registry != null) {
            checks.forEach(registry::unregister);
        }
    }

    /** What those say that are wanted, asked now; also where the context's health is switched off or filtered. */
    Stream<HealthCheck.Result> call(Predicate<HealthCheck> wanted, boolean names) {
        return checks.stream().filter(wanted).map(check -> check.call(names ? SentenceCheck.WITH_NAMES : Map.of()));
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
    private static Optional<Found> failing(List<DestinationTrouble> troubles, List<String> destinations) {
        return together(troubles.stream()
                .filter(trouble -> trouble.waiting() > 0 || destinations.contains(trouble.destination()))
                .map(trouble -> {
                    String said = trouble.destination() + " has taken nothing since " + trouble.since() + ", " + trouble.waiting()
                            + " wait for it and " + trouble.givenUp() + " were delivered without it: ";
                    String video = trouble.name().substring(trouble.name().lastIndexOf('/') + 1);
                    return new Found(said + trouble.message(),
                            said + (trouble.message().contains(video) ? "the log says why." : trouble.message()));
                }));
    }

    private static Optional<Found> unread(Map<String, String> sources, List<String> left) {
        Stream<Found> down = sources.entrySet().stream().flatMap(source -> Found.plain(Optional.of("The source " + source.getKey()
                + " cannot be read; it is tried again and again: " + source.getValue())).stream());
        return together(Stream.concat(down, some(left, " in a source, and not taken. The log names them.").stream()));
    }

    /** Events have a check of their own. */
    private static Optional<Found> breakingOff(Troubles troubles) {
        return together(Arrays.stream(Due.values()).filter(due -> due != Due.UNSENT)
                .flatMap(due -> troubles.of(due.name()).map(trouble -> {
                    String said = "A step with " + jobs(trouble.count()) + " (" + due.name().toLowerCase(Locale.ROOT)
                            + ") has broken off again and again since " + trouble.since() + ": ";
                    return new Found(said + trouble.sentence(), said + "the log says why.");
                }).stream()));
    }

    private static Optional<Found> together(Stream<Found> found) {
        return found.reduce((one, other) -> new Found(one.named() + " " + other.named(), one.nameless() + " " + other.nameless()));
    }

    /** @param nameless what is said of how many they are */
    private static Optional<Found> some(List<String> sentences, String nameless) {
        String more = sentences.size() > MOST_NAMED ? " And " + (sentences.size() - MOST_NAMED) + " more." : "";
        return sentences.isEmpty() ? Optional.empty() : Optional.of(new Found(sentences.stream().limit(MOST_NAMED)
                .map(each -> each.endsWith(".") ? each : each + ".").collect(Collectors.joining(" ")) + more,
                sentences.size() + (sentences.size() == 1 ? " bundle stays" : " bundles stay") + nameless));
    }

    /** What could not be removed when it was taken, or has no copy: a person's to look at. */
    private static Optional<Found> left(Home home) {
        if (!Files.isDirectory(home.left())) {
            return Optional.empty();
        }
        try (Stream<Path> left = Files.list(home.left())) {
            return some(left.limit(MOST_NAMED).map(path -> path + " holds what was dropped, and could not be taken or removed. Look at"
                    + " it, and remove it").toList(), " in " + home.left() + ", and could not be taken or removed.");
        } catch (IOException e) {
            return Found.plain(Optional.of(home.left() + " cannot be looked into: " + e));
        }
    }

    private static String jobs(int count) {
        return count + (count == 1 ? " job" : " jobs");
    }

    private static Optional<String> overdue(long jobs) {
        return jobs == 0 ? Optional.empty() : Optional.of(jobs + (jobs == 1 ? " job has" : " jobs have")
                + " been in the making for longer than venice.poll.deadline; the provider forgets a job after about 24 h."
                + " The log names them.");
    }
}
