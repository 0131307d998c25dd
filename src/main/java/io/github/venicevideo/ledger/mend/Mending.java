package io.github.venicevideo.ledger.mend;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.home.BundleFolders;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.Intent;
import io.github.venicevideo.home.Signatures;
import io.github.venicevideo.home.WorkFolder;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a ledger that is older than its home up to what lies in the home, before anything is taken: a job that was
 * delivered after the ledger was copied must not be sent again, and one that was paid for since must be asked about.
 */
public final class Mending {

    private static final Logger LOG = LoggerFactory.getLogger(Mending.class);
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final Home home;
    private final MendedRows rows;
    private final String api;
    private final Signatures signatures;

    /** @param api what jobs that the ledger does not know are taken to have been sent to */
    public Mending(Home home, MendedRows rows, String api) {
        this.home = home;
        this.rows = rows;
        this.api = api;
        this.signatures = new Signatures(home);
    }

    private record Ended(Path folder, JsonNode document) {
        JobState state() {
            return JobState.of(document.path("state").asText());
        }

        /** What was paid for, or may come again under its reference, must not be sent as if it were new. */
        boolean isToBeKnown() {
            return state() == JobState.DELIVERED || document.hasNonNull("queue_id") || document.hasNonNull("reference");
        }
    }

    /** @param together whether the ledger is as the last program left it; if not, all that lies in the home is read */
    public void mend(boolean together) throws IOException {
        Map<String, Ended> ended = together ? Map.of() : everyEnded();
        int mended = 0;
        for (Job job : together ? rows.unfinished() : rows.notDelivered()) {
            Optional<Ended> found = together ? endedOf(job) : Optional.ofNullable(ended.get(job.id()));
            if (found.filter(end -> isNewer(end, job)).isPresent()) {
                rows.end(job, found.get().state(), found.get().folder(), found.get().document());
                mended++;
            }
        }
        mended += mendWork(together);
        for (Map.Entry<String, Ended> end : ended.entrySet()) {
            if (end.getValue().isToBeKnown() && !Files.exists(home.work(end.getKey()).path())) {
                mended += rows.remember(end.getKey(), api, end.getValue().state(), end.getValue().folder(),
                        end.getValue().document());
            }
        }
        if (mended > 0) {
            LOG.warn("The ledger knew less than its home: {} jobs were brought up to what lies there", mended);
        }
    }

    /** Jobs that were taken up again, or sent, since the ledger says that they were put away or parked. */
    private int mendWork(boolean together) throws IOException {
        List<WorkFolder> folders;
        try (Stream<Path> paths = Files.list(home.work())) {
            folders = paths.filter(Files::isDirectory).map(WorkFolder::new).toList();
        }
        int mended = 0;
        for (WorkFolder folder : folders) {
            Optional<Job> job = rows.find(folder.jobId());
            Optional<Intent> intent = Intent.read(folder);
            if (job.isPresent() && (job.get().filed() && holdsBundle(folder)
                    || knowsLess(job.get(), intent, together))) {
                mend(job.get(), intent);
                mended++;
            }
        }
        return mended;
    }

    private static boolean holdsBundle(WorkFolder folder) throws IOException {
        return folder.droppedEntry().isPresent() || Files.isDirectory(folder.claimed()) || Files.isDirectory(folder.filing());
    }

    /**
     * Its bundle lies in {@code parked/}, but it was sent, or asked about, after what the ledger says of it. In a ledger that
     * is as it was left, only the answer to a job in doubt can have come after that.
     */
    private static boolean knowsLess(Job job, Optional<Intent> intent, boolean together) {
        if (together) {
            return job.state() == JobState.PARKED && Reason.IN_DOUBT.isOf(job) && !job.isPaid()
                    && intent.filter(Intent::isAnswered).isPresent();
        }
        if (job.state() == JobState.FAILED) {
            return job.filed() && job.isPaid();
        }
        return job.state() == JobState.PARKED && intent.filter(sent -> sent.isAnswered() ? !sent.queueId().equals(job.queueId())
                : !job.isPaid() && !Reason.IN_DOUBT.isOf(job)).isPresent();
    }

    private void mend(Job job, Optional<Intent> intent) {
        if (job.state() == JobState.DELIVERED || intent.isEmpty() && !(job.state() == JobState.FAILED && job.isPaid())) {
            rows.fileAgain(job);
        } else if (intent.filter(Intent::isAnswered).isPresent()) {
            rows.ask(job, intent.get());
        } else if (intent.isPresent()) {
            rows.doubt(job, intent.get());
        } else {
            rows.askAgain(job);
        }
    }

    /** What is delivered stays so; a failed one may have been dropped again since, and then the ledger knows more. */
    private static boolean isNewer(Ended end, Job job) {
        return end.state() == JobState.DELIVERED || end.state() == JobState.FAILED && job.state() != JobState.FAILED
                && time(end.document(), "ended_at").filter(at -> at.isAfter(job.updatedAt())).isPresent();
    }

    private Optional<Ended> endedOf(Job job) throws IOException {
        for (Path root : List.of(home.done(), home.failed())) {
            for (String name : List.of(job.bundle(), job.bundle() + "-" + job.id())) {
                Optional<Ended> found = read(root.resolve(name)).filter(end ->
                        end.document().path("job_id").asText().equals(job.id()));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private Map<String, Ended> everyEnded() throws IOException {
        Map<String, Ended> found = new HashMap<>();
        for (Path root : List.of(home.failed(), home.done())) {
            List<Path> folders = new ArrayList<>();
            try (Stream<Path> paths = Files.list(root)) {
                paths.forEach(folders::add);
            }
            for (Path folder : folders) {
                read(folder).filter(end -> ID.matcher(end.document().path("job_id").asText()).matches())
                        .ifPresent(end -> found.put(end.document().path("job_id").asText(), end));
            }
        }
        return found;
    }

    /** Anybody may put a folder there, and write into it what he likes. */
    private Optional<Ended> read(Path folder) throws IOException {
        Optional<JsonNode> found = BundleFolders.document(folder);
        if (found.isEmpty() || !signatures.isOurs(found.get())) {
            return Optional.empty();
        }
        return found
                .filter(document -> List.of("delivered", "failed").contains(document.path("state").asText()))
                .map(document -> new Ended(folder, document));
    }

    static Optional<Instant> time(JsonNode document, String field) {
        try {
            return Optional.of(document.path(field).asText("")).filter(text -> !text.isEmpty()).map(Instant::parse);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
