package io.github.venicevideo.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.Station;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.Intent;
import io.github.venicevideo.home.WorkFolder;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.job.HistoryEntry;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.remote.Delivery;
import io.github.venicevideo.sandbox.AcceptedJob;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.call.LoggedRequest;
import io.github.venicevideo.venice.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What there is when all crashes are over and the program has come to rest: its ledger, its folders, and what the
 * sandbox remembers. It has to be read while no program runs.
 */
final class Aftermath {

    /** Which state may follow which; what is noted of a job, such as what it came to cost, is a row with the same state. */
    private static final Map<JobState, Set<JobState>> NEXT = Map.of(
            JobState.RECEIVED, Set.of(JobState.SUBMITTING, JobState.PARKED, JobState.GENERATING,
                    JobState.FAILED),
            JobState.SUBMITTING, Set.of(JobState.RECEIVED, JobState.GENERATING, JobState.PARKED, JobState.FAILED),
            JobState.PARKED, Set.of(JobState.RECEIVED, JobState.GENERATING, JobState.FAILED),
            JobState.GENERATING, Set.of(JobState.RETRIEVED, JobState.FAILED, JobState.PARKED),
            JobState.RETRIEVED, Set.of(JobState.DELIVERED),
            JobState.DELIVERED, Set.of(),
            JobState.FAILED, Set.of(JobState.GENERATING));
    private static final Set<JobState> FIRST = Set.of(JobState.RECEIVED, JobState.GENERATING, JobState.PARKED,
            JobState.FAILED);

    private final Home home;
    private final Path events;
    private final Map<String, Facts> jobs = new HashMap<>();
    private final List<AcceptedJob> accepted;
    private final List<LoggedRequest> posts;
    private boolean ledgerWasLost;

    private record Facts(Job job, List<HistoryEntry> history, List<Delivery> deliveries) {
    }

    private Aftermath(Station station, Path events) {
        this.home = Home.at(station.home());
        this.events = events;
        Ledger ledger = new Ledger(station.home().resolve(".ledger"), Clock.systemUTC());
        ledger.start();
        try {
            for (Job job : ledger.jobs().all()) {
                jobs.put(job.id(), new Facts(job, ledger.jobs().history(job.id()), ledger.deliveries().of(job.id())));
            }
        } finally {
            ledger.stop();
        }
        this.accepted = station.sandbox().accepted();
        this.posts = station.sandbox().requests(Call.QUEUE);
    }

    /** @param events the folder that gets events, one file each */
    static Aftermath of(Station station, Path events) {
        return new Aftermath(station, events);
    }

    /** The ledger does not know of attempts that were made before it was lost. */
    Aftermath withALostLedger() {
        ledgerWasLost = true;
        return this;
    }

    /** Ids of jobs that may have been accepted, for all that the disk tells, and of which no person has spoken. */
    static Set<String> unanswered(Path home) throws IOException {
        Set<String> ids = new HashSet<>();
        Set<String> spokenOf = new HashSet<>();
        for (Path parked : entries(Home.at(home).parked())) {
            if (Files.exists(parked.resolve("answer.json"))) {
                spokenOf.add(read(parked.resolve("job.json")).path("job_id").asText());
            }
        }
        for (WorkFolder folder : workFolders(Home.at(home))) {
            if (Intent.read(folder).filter(intent -> !intent.isAnswered()).isPresent()) {
                ids.add(folder.jobId());
            }
        }
        ids.removeAll(spokenOf);
        return ids;
    }

    /** The one job of a bundle. */
    Job job(String bundle) {
        List<Job> found = jobs.values().stream().map(Facts::job)
                .filter(job -> job.bundle().equals(bundle) || job.reference().filter(bundle::equals).isPresent())
                .toList();
        assertThat(found).as("jobs of %s", bundle).hasSize(1);
        return found.get(0);
    }

    /** What holds for every bundle, whatever happened to it. */
    void check(String bundle, String prompt, End expected) throws IOException {
        Job job = job(bundle);
        Facts facts = jobs.get(job.id());
        assertThat(End.of(job)).as("end of %s; its history: %s", bundle, facts.history()).isEqualTo(expected);
        assertThat(job.filed()).as("%s is filed", bundle).isTrue();
        checkHistory(job, facts.history());
        checkPayment(job, prompt);
        checkFolders(job, bundle);
        if (job.state() == JobState.DELIVERED) {
            checkVideo(job, facts.deliveries());
        } else {
            assertThat(videosOf(job)).as("videos of %s, which is %s", bundle, End.of(job)).isEmpty();
        }
        checkEvent(job);
    }

    /** What holds for the home as a whole. */
    void checkHome() throws IOException {
        assertThat(accepted).as("accepted jobs").hasSizeLessThanOrEqualTo(jobs.size());
        Set<String> worked = new HashSet<>();
        workFolders(home).forEach(folder -> worked.add(folder.jobId()));
        List<String> parked = jobs.values().stream().map(Facts::job)
                .filter(job -> job.state() == JobState.PARKED).map(Job::id).toList();
        assertThat(worked).as("left in .work/").containsExactlyInAnyOrderElementsOf(parked);
        for (WorkFolder folder : workFolders(home)) {
            assertThat(folder.droppedEntry()).as("bundle in %s, whose job is parked", folder.path()).isEmpty();
        }
        assertThat(entries(home.answers())).as("answers that are not carried out").isEmpty();
        assertThat(entries(home.consentsDesk())).as("statements that are not taken").isEmpty();
        try (Stream<Path> all = Files.walk(home.root())) {
            assertThat(all.filter(path -> path.toString().endsWith(".tmp"))
                    .filter(path -> !path.startsWith(home.work()))).as("unfinished files").isEmpty();
        }
    }

    private void checkHistory(Job job, List<HistoryEntry> history) {
        List<JobState> states = history.stream().map(HistoryEntry::state).toList();
        assertThat(states).as("history of %s", job.bundle()).isNotEmpty();
        assertThat(FIRST).as("first state of %s", states).contains(states.get(0));
        for (int i = 1; i < states.size(); i++) {
            boolean noted = states.get(i) == states.get(i - 1) && states.get(i) != JobState.SUBMITTING;
            assertThat(noted || NEXT.get(states.get(i - 1)).contains(states.get(i))).as("row %d may follow in %s", i, states).isTrue();
        }
        assertThat(states.get(states.size() - 1)).isEqualTo(job.state());
        assertThat(states.stream().filter(JobState.SUBMITTING::equals).count()).as("times that %s was begun to be sent",
                job.bundle()).isEqualTo(job.attempts());
        assertThat(job.leaseOwner()).isEmpty();
    }

    private void checkPayment(Job job, String prompt) {
        List<AcceptedJob> paid = accepted.stream()
                .filter(one -> one.request().path("prompt").asText().equals(prompt)).toList();
        assertThat(paid).as("what was paid for \"%s\"", prompt).hasSizeLessThanOrEqualTo(1);
        if (!ledgerWasLost) {
            assertThat(posts.stream().filter(post -> post.json().path("prompt").asText().equals(prompt)).count())
                    .as("POSTs of \"%s\" against the attempts of which the ledger knows", prompt)
                    .isLessThanOrEqualTo(job.attempts());
        }
        if (job.state() != JobState.DELIVERED) {
            assertThat(paid).as("remote copies of what is not delivered").noneMatch(AcceptedJob::deleted);
        }
        if (job.isPaid()) {
            assertThat(paid).extracting(AcceptedJob::queueId).containsExactly(job.queueId().orElseThrow());
        }
        if (!paid.isEmpty() && !job.isPaid()) {
            assertThat(End.of(job)).as("a job that was paid for, of which no queue_id is known")
                    .isEqualTo(End.IN_DOUBT);
        }
    }

    private void checkFolders(Job job, String bundle) throws IOException {
        Map<JobState, Path> roots = Map.of(JobState.DELIVERED, home.done(), JobState.FAILED, home.failed(),
                JobState.PARKED, home.parked());
        List<Path> found = new ArrayList<>();
        for (Path root : roots.values()) {
            for (Path folder : entries(root)) {
                if (read(folder.resolve("job.json")).path("job_id").asText().equals(job.id())) {
                    found.add(folder);
                }
            }
        }
        assertThat(found).as("where the bundle %s lies", bundle).hasSize(1);
        assertThat(found.get(0)).hasParent(roots.get(job.state()));
        assertThat(job.folder().map(Path::of)).contains(found.get(0));
        assertThat(read(found.get(0).resolve("job.json")).path("state").asText()).isEqualTo(job.state().toString());
        String forPeople = job.state() == JobState.FAILED ? "ERROR.txt" : "ACTION.md";
        assertThat(Files.exists(found.get(0).resolve(forPeople))).as("%s in %s", forPeople, found.get(0))
                .isEqualTo(job.state() != JobState.DELIVERED);
        for (String drop : List.of("drop", bundle)) {
            assertThat(entries(home.root().resolve(drop))).as("left in the drop folder").isEmpty();
        }
    }

    private void checkVideo(Job job, List<Delivery> deliveries) throws IOException {
        AcceptedJob made = accepted.stream().filter(one -> job.queueId().filter(one.queueId()::equals).isPresent())
                .findFirst().orElseThrow();
        List<Path> videos = videosOf(job);
        assertThat(videos).as("videos of %s", job.bundle()).hasSize(1);
        assertThat(sha256(videos.get(0))).as("bytes of %s", videos.get(0)).isEqualTo(made.videoSha256().orElseThrow());
        assertThat(deliveries).as("deliveries of %s", job.bundle()).hasSize(1);
        assertThat(deliveries.get(0).isDone()).isTrue();
        assertThat(deliveries.get(0).location()).contains(videos.get(0).toString());
    }

    /** The videos whose sidecar says that they are this job's; every video has a sidecar. */
    private List<Path> videosOf(Job job) throws IOException {
        List<Path> videos = new ArrayList<>();
        for (Path video : entries(home.root().resolve("videos"))) {
            String name = video.getFileName().toString();
            if (name.endsWith(".mp4")) {
                Path sidecar = video.resolveSibling(name.replaceFirst("mp4$", "json"));
                assertThat(sidecar).exists();
                if (read(sidecar).path("job_id").asText().equals(job.id())) {
                    videos.add(video);
                }
            }
        }
        return videos;
    }

    private void checkEvent(Job job) throws IOException {
        List<String> told = new ArrayList<>();
        for (Path event : entries(events)) {
            JsonNode json = read(event);
            if (json.path("job_id").asText().equals(job.id())) {
                assertThat(json.path("event_id").asText()).isNotEmpty();
                told.add(json.path("type").asText());
            }
        }
        assertThat(told).as("events about %s", job.bundle()).contains(job.state().toString());
    }

    private static List<WorkFolder> workFolders(Home home) throws IOException {
        return entries(home.work()).stream().map(WorkFolder::new).toList();
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static JsonNode read(Path json) throws IOException {
        try {
            return Json.mapper().readTree(Files.readAllBytes(json));
        } catch (NoSuchFileException e) {
            return Json.mapper().missingNode();
        }
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
