package io.github.venicevideo.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.fault.Hold;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code kill -9} at any step: before it and after it, and while a request is under way. Nothing is ever paid twice, and
 * every bundle is delivered once, or failed with a reason, or parked in doubt when its POST had no answer.
 *
 * <p>The points without which nothing holds are always tried, and a few of all others: {@code -Dcrash.seed=7} chooses other ones,
 * {@code -Dcrash.sample=40} more, {@code -Dcrash.all=true} all, as the profile {@code soak} does;
 * {@code -Dcrash.only=take-over} has {@link #endsWell} try those alone whose names have that in them.
 */
@Tag("crash")
class CrashPointsIT {

    private static final int POINTS_A_ROUND = 20;
    private static final int ROUNDS_AT_ONCE = 2;
    private static final long MINUTES = 20;

    /** Steps that are not on the way of a plain job. */
    private static final Map<String, Story> SIDE_WAYS = sideWays();

    /** Steps that nothing is stopped at, and why. */
    private static final Map<String, String> LEFT_OUT = Map.ofEntries(
            Map.entry("try-repriced-quote", "Camel lets nothing come between a doTry and its first step"),
            Map.entry("judge-repriced-quote-failure", "judges as judge-quote-failure does, after the job was accepted"),
            Map.entry("resume-held", "waits for midnight"),
            Map.entry("free-held", "about no one job; RaisedBudgetIT"),
            Map.entry("try-balance", "Camel lets nothing come between a doTry and its first step"),
            Map.entry("judge-balance-failure", "only when the question for the balance breaks off; nothing durable is done"),
            Map.entry("look-at-what-is-kept", "about no one job; RetentionTest"),
            Map.entry("sweep-staging", "about no one job; StagingIT"),
            Map.entry("if-source-file-new", "SftpSourceTest"),
            Map.entry("fetch-source-file", "SftpSourceTest"),
            Map.entry("forget-source-file", "SftpSourceTest"),
            Map.entry("keep-message", "JmsSourceIT"),
            Map.entry("clear-message-headers", "JmsSourceIT"),
            Map.entry("if-message-new", "JmsSourceIT"),
            Map.entry("place-message", "JmsSourceIT"),
            Map.entry("read-record", "KafkaSourceIT"),
            Map.entry("keep-record", "KafkaSourceIT"),
            Map.entry("clear-record-headers", "KafkaSourceIT"),
            Map.entry("try-record", "KafkaSourceIT"),
            Map.entry("if-record-new", "KafkaSourceIT"),
            Map.entry("place-record", "KafkaSourceIT"),
            Map.entry("commit-record", "KafkaSourceIT"),
            Map.entry("leave-record", "KafkaSourceIT"),
            Map.entry("each-unrecorded", "UnrecordedTest"),
            Map.entry("each-bucket-bundle", "S3SourceIT"),
            Map.entry("keep-bucket-bundle", "S3SourceIT"),
            Map.entry("try-bucket-bundle", "S3SourceIT"),
            Map.entry("if-bucket-bundle-new", "S3SourceIT"),
            Map.entry("fetch-bucket-bundle", "S3SourceIT"),
            Map.entry("remove-from-bucket", "S3SourceIT"),
            Map.entry("leave-in-bucket", "S3SourceIT"),
            Map.entry("commit-trouble", "DeliveryIT takes the store away"),
            Map.entry("try-destination", "Camel lets nothing come between a doTry and its first step"),
            Map.entry("try-leftover", "Camel lets nothing come between a doTry and its first step"),
            Map.entry("each-settled", "about no one bundle; what follows it is tried"),
            Map.entry("keep-settled", "before anything is done; claim-bundle follows"),
            Map.entry("give-back-room", "in memory; what was taken in by then is tried by the steps before it"),
            Map.entry("try-settled", "Camel lets nothing come between a doTry and its first step"),
            Map.entry("leave-claimed", "as leave-leftover"),
            Map.entry("leave-leftover", "UnrecordedTest has it; it only logs"),
            Map.entry("try-quote", "Camel lets nothing come between a doTry and its first step"),
            Map.entry("try-queue", "Camel lets nothing come between a doTry and its first step"),
            Map.entry("try-retrieve", "Camel lets nothing come between a doTry and its first step"),
            Map.entry("try-complete", "Camel lets nothing come between a doTry and its first step"),
            Map.entry("try-download-link", "Camel lets nothing come between a doTry and its first step"),
            Map.entry("judge-download-link-failure", "DownloadsTest has it; it changes nothing durable"),
            Map.entry("wait-for-take-up", "only when a call meets the start; CallAfterRestartTest"),
            Map.entry("remove-left-parts", "S3DeliveryTest has it; a timer does it again until it is done"),
            Map.entry("try-revoke-link", "Camel lets nothing come between a doTry and its first step"),
            Map.entry("judge-revoke-link-failure", "judges as judge-complete-failure does"));

    @TempDir
    private static Path folder;
    private static ExecutorService executor;
    private static final Map<Point, Future<Round>> ROUNDS = new HashMap<>();

    @BeforeAll
    static void kill() throws IOException {
        executor = Executors.newFixedThreadPool(ROUNDS_AT_ONCE);
        List<List<Point>> rounds = Round.of(points(), POINTS_A_ROUND);
        for (int i = 0; i < rounds.size(); i++) {
            List<Point> round = rounds.get(i);
            Path place = folder.resolve("round" + i);
            Future<Round> run = executor.submit(() -> Round.run(place, round));
            round.forEach(point -> ROUNDS.put(point, run));
        }
    }

    @AfterAll
    static void stop() {
        executor.shutdownNow();
    }

    @ParameterizedTest
    @MethodSource("points")
    @Timeout(value = MINUTES, unit = TimeUnit.MINUTES)
    void endsWell(Point point) throws Exception {
        round(point).check(point);
    }

    /** Nothing is left behind, nothing was paid for that no job knows of. */
    @Test
    @Timeout(value = MINUTES, unit = TimeUnit.MINUTES)
    void leavesNothingBehind() throws Exception {
        for (Point point : points()) {
            round(point).checkHome();
        }
    }

    /** A step that no plain job comes to, and that nothing is said about here, would never be tried. */
    @Test
    @Timeout(value = MINUTES, unit = TimeUnit.MINUTES)
    void everyStepOfEveryRouteHasAWayThatLeadsThere() throws Exception {
        Set<String> reached = new LinkedHashSet<>(SIDE_WAYS.keySet());
        reached.addAll(LEFT_OUT.keySet());
        assertThat(Steps.all()).hasSizeGreaterThan(50).doesNotHaveDuplicates().containsAll(reached);
        for (Point point : points()) {
            reached.addAll(round(point).steps());
        }
        assertThat(reached).as("steps that a job came to, or that have a way in SIDE_WAYS").containsAll(Steps.all());
    }

    static List<Point> points() throws IOException {
        Set<Point> points = new LinkedHashSet<>(always());
        List<Point> others = new ArrayList<>(sometimes());
        Set<Point> named = new LinkedHashSet<>();
        points.forEach(point -> named.add(point.anyEnd()));
        others.forEach(point -> named.add(point.anyEnd()));
        all().stream().filter(named::add).forEach(others::add);
        if (!Boolean.getBoolean("crash.all")) {
            Collections.shuffle(others, new Random(Long.getLong("crash.seed", 1)));
            int sample = Integer.getInteger("crash.sample", 3);
            others = others.stream().limit(sample).toList();
        }
        points.addAll(others);
        Pattern only = Pattern.compile(System.getProperty("crash.only", ""));
        return points.stream().filter(point -> only.matcher(point.toString()).find()).toList();
    }

    /** The points that everybody thinks of, each with the end that it must come to. */
    private static List<Point> always() {
        List<Point> points = new ArrayList<>();
        for (String where : List.of("after:claim-bundle", "after:record-jobs", "after:commit-submitting", "after:keep-answer",
                "after:commit-generating", "after:fetch-video", "after:rename-video", "after:send-item",
                "before:commit-delivered-to", "before:commit-delivered", "after:commit-delivered", "after:move-bundle",
                "before:commit-filed")) {
            points.add(new Point(Story.PLAIN, where, Optional.of(End.DELIVERED)));
        }
        points.add(Point.before("take-over", Story.PLAIN).endsAs(End.DELIVERED));
        points.add(Point.after("take-over", Story.PLAIN).endsAs(End.DELIVERED));
        points.add(Point.before("take-over", Story.HALF_COPIED).endsAs(End.DELIVERED));
        points.add(Point.after("write-intent", Story.PLAIN).endsAs(End.IN_DOUBT));
        points.add(Point.before("keep-answer", Story.PLAIN).endsAs(End.IN_DOUBT));
        points.add(Point.before("delete-intent", Story.REFUSED).endsAs(End.IN_DOUBT));
        points.add(Point.after("delete-intent", Story.REFUSED).endsAs(End.failed("refused")));
        points.add(Point.after("delete-intent", Story.FACE).endsAs(End.parked("needs-consent")));
        points.add(Point.before("reconsider-asked", Story.FACE).endsAs(End.parked("needs-consent")));
        points.add(Point.after("take-answer", Story.CONSENTED).endsAs(End.DELIVERED));
        points.add(Point.after("write-intent", Story.CONSENTED).endsAs(End.IN_DOUBT));
        // Sent again by another thread, it may be on the wire by then.
        points.add(Point.after("settle-consent", Story.STANDING));
        points.add(Point.after("place-bundle", Story.CALLED).endsAs(End.DELIVERED));
        points.add(Point.after("record-jobs", Story.CALLED).endsAs(End.DELIVERED));
        points.add(Point.during(Call.QUEUE, Hold.Point.BEFORE_BODY, Story.PLAIN).endsAs(End.IN_DOUBT));
        points.add(Point.during(Call.QUEUE, Hold.Point.BEFORE_WORK, Story.PLAIN).endsAs(End.IN_DOUBT));
        points.add(Point.during(Call.QUEUE, Hold.Point.BEFORE_ANSWER, Story.PLAIN).endsAs(End.IN_DOUBT));
        points.add(Point.during(Call.RETRIEVE, Hold.Point.WHILE_SENDING, Story.PLAIN).endsAs(End.DELIVERED));
        points.add(Point.during(Call.DOWNLOAD, Hold.Point.WHILE_SENDING, Story.PRIVATE).endsAs(End.DELIVERED));
        points.add(Point.after("call-revoke-link", Story.PRIVATE).endsAs(End.DELIVERED));
        points.add(Point.before("commit-filed", Story.HALF_FILED).endsAs(End.DELIVERED));
        points.add(Point.before("commit-filed", Story.NOT_RENAMED).endsAs(End.DELIVERED));
        points.add(Point.before("check-job", Story.HALF_RESUBMITTED).endsAs(End.DELIVERED));
        points.add(Point.before("commit-submitting", Story.HALF_COPIED_STATEMENT).endsAs(End.DELIVERED));
        return points;
    }

    /** Those that are as much thought of, and cost as much; the short run has a few of them. */
    private static List<Point> sometimes() {
        List<Point> points = new ArrayList<>();
        for (String where : List.of("after:read-bundle", "before:commit-generating", "before:send-item", "after:verify-item",
                "after:each-item", "after:clear-work", "after:send-event", "before:call-complete", "after:call-complete",
                "before:settle-clean-up")) {
            points.add(new Point(Story.PLAIN, where, Optional.of(End.DELIVERED)));
        }
        points.add(Point.after("settle-poll", Story.SLOW).endsAs(End.DELIVERED));
        points.add(Point.after("settle-consent", Story.FACE).endsAs(End.parked("needs-consent")));
        points.add(Point.before("take-answer", Story.CONSENTED).endsAs(End.DELIVERED));
        points.add(Point.after("check-consent", Story.CONSENTED).endsAs(End.DELIVERED));
        points.add(Point.before("judge-consent", Story.STANDING).endsAs(End.DELIVERED));
        points.add(Point.after("judge-consent", Story.STANDING).endsAs(End.DELIVERED));
        points.add(Point.before("place-bundle", Story.CALLED).endsAs(End.DELIVERED));
        points.add(Point.before("record-jobs", Story.CALLED).endsAs(End.DELIVERED));
        points.add(Point.before("answer-with-job", Story.CALLED).endsAs(End.DELIVERED));
        points.add(Point.during(Call.RETRIEVE, Hold.Point.BEFORE_WORK, Story.PLAIN).endsAs(End.DELIVERED));
        return points;
    }

    /** Before and after every step. */
    private static List<Point> all() throws IOException {
        List<Point> points = new ArrayList<>();
        for (String step : Steps.all()) {
            if (!LEFT_OUT.containsKey(step)) {
                Story story = SIDE_WAYS.getOrDefault(step, Story.PLAIN);
                points.add(Point.before(step, story));
                points.add(Point.after(step, story));
            }
        }
        for (Story found : List.of(Story.LEFT_OVER, Story.HALF_TAKEN, Story.HALF_COPIED, Story.NOT_REMOVED)) {
            points.add(Point.before("take-over", found));
            points.add(Point.after("take-over", found));
        }
        around(points, "check-job", Story.SENT_BEFORE);
        around(points, "commit-price", Story.UNPRICED, Story.UNPRICEABLE);
        around(points, "settle-refusal", Story.TOO_FAST, Story.NO_MONEY, Story.NOT_SENT, Story.MEDIA_CHANGED);
        around(points, "settle-consent", Story.STANDING, Story.NOT_TOLD, Story.UNKNOWN_FLOW);
        around(points, "settle-poll", Story.SLOW, Story.CUT, Story.BROKEN, Story.GENERATION_FAILED, Story.EXPIRED,
                Story.ASKED_TOO_FAST, Story.ASKED_WITHOUT_KEY, Story.ASKED_IN_VAIN);
        around(points, "settle-clean-up", Story.COPY_KEPT);
        around(points, "find-reference", Story.CALLED_TWICE);
        points.add(Point.before("reserve-price", Story.OVER_BUDGET));
        points.add(Point.after("reserve-price", Story.OVER_BUDGET));
        points.add(Point.before("take-answer", Story.ADOPTED));
        points.add(Point.after("take-answer", Story.ADOPTED));
        points.add(Point.before("take-consent", Story.ATTESTED));
        points.add(Point.after("take-consent", Story.ATTESTED));
        points.addAll(halfDone());
        return points;
    }

    /** In the middle of a step; each is killed once more when it has just been got over. */
    private static List<Point> halfDone() {
        List<Point> points = new ArrayList<>();
        for (Story story : List.of(Story.READ_BEFORE, Story.READ_BEFORE_FORMERLY)) {
            points.add(Point.before("check-job", story));
        }
        points.add(Point.before("move-bundle", Story.READ_TOO_OFTEN));
        for (Story story : List.of(Story.HALF_FILED, Story.NOT_RENAMED, Story.NOT_RENAMED_TO_FAILED, Story.NOT_RENAMED_TO_PARKED)) {
            points.add(Point.before("commit-filed", story));
        }
        for (Story story : List.of(Story.ANSWER_TAKEN, Story.HALF_RESUBMITTED)) {
            points.add(Point.before("check-job", story));
        }
        points.add(Point.before("ask-retrieve", Story.HALF_ADOPTED));
        for (Story story : List.of(Story.RETURNED, Story.RETURNED_TO_BE_COPIED, Story.RETURNED_AND_COPIED)) {
            points.add(Point.after("check-job", story));
        }
        for (Story story : List.of(Story.HALF_COPIED_STATEMENT, Story.NOT_REMOVED_STATEMENT, Story.HALF_READY_STATEMENT)) {
            points.add(Point.before("commit-submitting", story));
        }
        points.add(Point.after("read-bundle", Story.HALF_RESUMED));
        return points;
    }

    /** One step settles a job in more ways than one. */
    private static void around(List<Point> points, String step, Story... stories) {
        for (Story story : stories) {
            points.add(Point.before(step, story));
            points.add(Point.after(step, story));
        }
    }

    private static Round round(Point point) throws InterruptedException, ExecutionException, TimeoutException {
        return ROUNDS.get(point).get(MINUTES, TimeUnit.MINUTES);
    }

    private static Map<String, Story> sideWays() {
        Map<String, Story> stories = new HashMap<>();
        on(stories, Story.LEFT_OVER, "each-leftover", "if-still-unknown");
        on(stories, Story.CALLED, "while-taken-up", "find-reference", "if-new", "place-bundle", "answer-with-job");
        on(stories, Story.GENERATED, "generate-deadline", "generate-job", "wait-for-video", "wait-on-no-thread",
                "answer-with-video");
        on(stories, Story.REMAPPED, "clear-repriced-quote-headers", "ask-repriced-quote", "call-repriced-quote", "judge-repriced-quote",
                "settle-repriced");
        on(stories, Story.QUOTE_CUT, "judge-quote-failure");
        on(stories, Story.ANSWERED, "settle-interrupted");
        on(stories, Story.NOT_SENT, "judge-queue-failure");
        on(stories, Story.IN_DOUBT, "keep-evidence-of-doubt", "clear-balance-headers", "ask-balance", "call-balance",
                "judge-balance", "park-in-doubt");
        on(stories, Story.REFUSED, "count-server-error", "delete-intent", "keep-evidence-of-refusal", "settle-refusal");
        on(stories, Story.FACE, "judge-consent", "settle-consent", "reconsider-asked");
        on(stories, Story.REFUSED, "remember-refused-media");
        on(stories, Story.RESUBMITTED, "take-answer");
        on(stories, Story.ASKING_CUT, "judge-retrieve-failure");
        on(stories, Story.PRIVATE, "find-address", "each-hop", "clear-download-link-headers", "ask-download-link",
                "call-download-link", "judge-download-link");
        on(stories, Story.PRIVATE, "if-link", "clear-revoke-link-headers", "ask-revoke-link", "call-revoke-link",
                "judge-revoke-link");
        on(stories, Story.DELETING_CUT, "judge-complete-failure");
        return stories;
    }

    private static void on(Map<String, Story> stories, Story story, String... steps) {
        Arrays.stream(steps).forEach(step -> stories.put(step, story));
    }
}
