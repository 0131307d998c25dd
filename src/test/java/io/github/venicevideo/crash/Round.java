package io.github.venicevideo.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.sandbox.fault.Hold;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Several points under one kill: each has a bundle and a drop folder of its own, each bundle is brought to its point
 * and stays there, then the program is killed, and started again.
 */
final class Round {

    /** For up to twenty points, on a machine that is busy. */
    private static final Duration LONG = Duration.ofSeconds(90);

    private final List<Point> points;
    private final Map<Point, AssertionError> missed = new HashMap<>();
    private final Map<Point, String> answers = new HashMap<>();
    private final Set<String> steps = new HashSet<>();
    private Set<String> unanswered = Set.of();
    private Aftermath aftermath;
    private String log = "";

    private Round(List<Point> points) {
        this.points = points;
    }

    /** Puts points into as few rounds as can be. */
    static List<List<Point>> of(List<Point> points, int most) {
        List<List<Point>> rounds = new ArrayList<>();
        for (Point point : points) {
            Optional<List<Point>> fitting = rounds.stream().filter(round -> round.size() < most)
                    .filter(round -> round.stream().allMatch(other -> fit(other, point))).findFirst();
            if (fitting.isPresent()) {
                fitting.get().add(point);
            } else {
                rounds.add(new ArrayList<>(List.of(point)));
            }
        }
        return rounds;
    }

    private static boolean fit(Point one, Point other) {
        return one.isHeld() == other.isHeld()
                && one.story().before().size() == other.story().before().size()
                && !(one.story().isAlone() && one.story() == other.story())
                && !(one.story().isLeftOver() && other.story().isLeftOver() && (one.holdsUpOthers() || other.holdsUpOthers()))
                && !(one.story().isAnsweredByAPerson() && other.story().isAnsweredByAPerson()
                        && (one.holdsUpOthers() || other.holdsUpOthers()))
                && !(one.story().isAttested() && other.story().isAttested() && (one.holdsUpOthers() || other.holdsUpOthers()));
    }

    /** Kills and starts until all is over. */
    static Round run(Path folder, List<Point> points) throws IOException, InterruptedException {
        Round round = new Round(points);
        try (Stage stage = Stage.in(folder)) {
            round.run(stage);
        }
        return round;
    }

    /** What has to hold for one point. */
    void check(Point point) throws IOException {
        if (missed.containsKey(point)) {
            throw missed.get(point);
        }
        String name = name(point);
        try {
            End usual = unanswered.contains(aftermath.job(name).id()) ? End.IN_DOUBT : point.story().end();
            aftermath.check(name, prompt(point), point.expected().orElse(usual));
            if (point.story() == Story.CALLED || point.story() == Story.CALLED_TWICE) {
                assertThat(answers.get(point)).as("what the repeated call was answered")
                        .isEqualTo(aftermath.job(name).id());
            }
        } catch (AssertionError e) {
            throw new AssertionError("Killed " + point + ": " + e.getMessage() + log, e);
        }
    }

    void checkHome() throws IOException {
        try {
            aftermath.checkHome();
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + log, e);
        }
    }

    /** The steps that its bundles came to. */
    Set<String> steps() {
        return steps;
    }

    private void run(Stage stage) throws IOException, InterruptedException {
        List<String> drops = new ArrayList<>(List.of("drop"));
        points.forEach(point -> drops.add(name(point)));
        stage.station().with("venice.drops", String.join(",", drops));
        points.forEach(point -> point.story().settings(name(point)).forEach(stage.station()::with));
        int lives = points.get(0).stops("").size();
        boolean held = points.get(0).isHeld();
        for (Point point : points) {
            point.story().arm(stage.sandbox(), prompt(point), number(point));
            if (!held) {
                drop(stage, point);
            }
        }
        for (int life = 0; life < lives; life++) {
            Child child = stage.start(stops(life), calls());
            if (held) {
                hold(stage);
            } else {
                await(stage, child, life);
            }
            kill(child, "life " + (life + 1));
            for (Point point : points) {
                if (life == 0 && !missed.containsKey(point)) {
                    point.story().between(stage.folders(), stage.sandbox(), name(point), prompt(point));
                } else if (life < point.story().before().size() && !missed.containsKey(point)) {
                    point.story().then(stage.folders(), name(point));
                }
            }
            unanswered = Aftermath.unanswered(stage.home());
        }
        Child last = stage.start(List.of(), calls());
        try {
            stage.awaitQuiet(points.size(), LONG);
        } catch (AssertionError e) {
            log += "\nIn its last life: " + stage.ledger().states();
        }
        for (Point point : points) {
            if (!point.story().call("", "").isEmpty()) {
                String answer = "ANSWER " + name(point) + " ";
                answers.put(point, last.awaitLine(answer, Stage.PATIENCE).substring(answer.length()));
            }
        }
        kill(last, "last life");
        aftermath = stage.aftermath();
    }

    private List<String> stops(int life) {
        return points.stream().flatMap(point -> point.armed(name(point), life).stream()).toList();
    }

    private List<String> calls() {
        return points.stream().map(point -> point.story().call(name(point), prompt(point)))
                .filter(call -> !call.isEmpty()).toList();
    }

    private void drop(Stage stage, Point point) throws IOException {
        if (point.story().call("", "").isEmpty()) {
            stage.drop(name(point), name(point), point.story().files(prompt(point), number(point)));
        }
    }

    private void await(Stage stage, Child child, int life) throws InterruptedException {
        long until = System.nanoTime() + LONG.toNanos();
        for (Point point : points) {
            Duration left = Duration.ofNanos(Math.max(1_000_000, until - System.nanoTime()));
            String stop = point.stops(name(point)).get(life);
            try {
                if (stop.isEmpty()) {
                    Awaitility.await().atMost(left)
                            .until(() -> stage.ledger().isQuiet(name(point)));
                } else {
                    child.awaitLine(StopPoints.AT + stop, left);
                }
            } catch (AssertionError | ConditionTimeoutException e) {
                missed.put(point, new AssertionError("It never came to " + stop + " of " + point + child.output(), e));
            }
        }
    }

    private void hold(Stage stage) throws IOException, InterruptedException {
        for (Point point : points) {
            Hold hold = point.hold(stage.sandbox().faults());
            drop(stage, point);
            if (!hold.awaitHeld(Stage.PATIENCE)) {
                missed.put(point, new AssertionError("Nothing was held for " + point + stage.child().output()));
            }
        }
    }

    private void kill(Child child, String life) throws InterruptedException {
        log += "\n" + life + child.output();
        child.kill();
        child.lines().stream().filter(line -> line.startsWith(StopPoints.STEP))
                .forEach(line -> steps.add(line.substring(StopPoints.STEP.length())));
    }

    private int number(Point point) {
        return points.indexOf(point);
    }

    private String name(Point point) {
        return "b" + number(point);
    }

    private String prompt(Point point) {
        return "The picture of " + name(point) + " as it is " + point.where();
    }
}
