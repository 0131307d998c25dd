package io.github.venicevideo.poll;

import io.github.venicevideo.api.InFlight;
import io.github.venicevideo.api.ModelSpeed;
import io.github.venicevideo.api.PollPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * The polling plan on paper: jobs submitted at once under the queue's limit, asked about under the other one. Shows how
 * long finished videos wait to be fetched, with this plan and with the two simple ones. Run it
 * from an IDE, or with
 * {@code java -cp target/classes:target/test-classes io.github.venicevideo.poll.PollPlanSimulation}; it prints the table
 * of docs/developers.md.
 */
public final class PollPlanSimulation {

    /** What the provider reports as its average, in milliseconds, and how much quicker the model is than one of 145 s. */
    public enum Reported {
        RIGHT(Optional.of(P80), 1), THREE_TIMES(Optional.of(3 * P80), 1),
        /** Nothing is reported, and what is assumed instead is three times too much. */
        NOTHING(Optional.empty(), 3);

        private final Optional<Long> average;
        private final double quicker;

        Reported(Optional<Long> average, double quicker) {
            this.average = average;
            this.quicker = quicker;
        }
    }

    /**
     * How long videos lay finished until they were fetched.
     *
     * @param mean in seconds
     * @param p95 in seconds
     * @param refused questions that were answered with 429
     */
    public record Lag(double mean, double p95, long refused) {

        /** @param millis how long each waited */
        public static Lag of(List<Double> millis, long refused) {
            double[] sorted = millis.stream().mapToDouble(lag -> lag / 1_000).sorted().toArray();
            return new Lag(Arrays.stream(sorted).average().orElse(0),
                    sorted[Math.min(sorted.length - 1, (int) Math.floor(sorted.length * 0.95))], refused);
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.1f / %.0f", mean, p95)
                    + (refused > 0 ? String.format(Locale.ROOT, " and %,d × 429", refused) : "");
        }
    }

    /** A job: when it was submitted, and how long it takes; in milliseconds. */
    public record Made(double submitted, double takes) {
        public double done() {
            return submitted + takes;
        }
    }

    private static final double SIGMA = 0.35;
    private static final long P80 = 145_000;
    private static final double MEDIAN = P80 * Math.exp(-SIGMA * 0.8416);
    private static final double BETWEEN_SUBMISSIONS = 1_500;
    private static final double BETWEEN_QUESTIONS = 60_000.0 / 115;
    private static final int BURST = 3;
    private static final double EVERY = 5_000;
    private static final int SEEDS = 10;

    private PollPlanSimulation() {
    }

    public static void main(String[] arguments) {
        StringBuilder table = new StringBuilder("| dropped at once | this plan | averages 3 × too high | no averages, 3 × as quick"
                + " | every 5 s behind a token bucket | every 5 s |\n| --: | --: | --: | --: | --: | --: |\n");
        for (int jobs : List.of(50, 200, 500, 1000)) {
            table.append("| ").append(jobs);
            for (Reported reported : Reported.values()) {
                table.append(" | ").append(plan(jobs, reported));
            }
            table.append(" | ").append(behindBucket(jobs)).append(" | ").append(asInTheExample(jobs)).append(" |\n");
        }
        System.out.print(table);
    }

    /** This plan, over ten seeds. */
    static Lag plan(int jobs, Reported reported) {
        List<Double> lags = new ArrayList<>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            lags.addAll(plan(made(jobs, seed, MEDIAN / reported.quicker), reported, Duration.ofSeconds(3)));
        }
        return Lag.of(lags, 0);
    }

    /** This plan for given jobs. @return how long each video waited, in milliseconds */
    public static List<Double> plan(List<Made> jobs, Reported reported, Duration minInterval) {
        PollPlan plan = new ExpectedGainPlan(minInterval);
        Map<String, ModelSpeed> speeds = new HashMap<>();
        Map<String, InFlight> inFlight = new LinkedHashMap<>();
        List<Double> lags = new ArrayList<>();
        double tokens = BURST;
        double step = BETWEEN_QUESTIONS / 10;
        int submitted = 0;
        for (double now = 0; lags.size() < jobs.size(); now += step) {
            tokens = Math.min(BURST, tokens + step / BETWEEN_QUESTIONS);
            while (submitted < jobs.size() && jobs.get(submitted).submitted() <= now) {
                String id = String.valueOf(submitted);
                inFlight.put(id, new InFlight(id, "model", at(jobs.get(submitted).submitted()), Optional.empty(), at(0)));
                submitted++;
            }
            while (tokens >= 1) {
                Optional<InFlight> next = plan.next(inFlight.values(), speeds, at(now));
                if (next.isEmpty()) {
                    break;
                }
                tokens--;
                InFlight asked = next.get();
                Made job = jobs.get(Integer.parseInt(asked.id()));
                ModelSpeed speed = speeds.getOrDefault("model", ModelSpeed.unknown());
                if (job.done() <= now) {
                    lags.add(now - job.done());
                    inFlight.remove(asked.id());
                    double before = asked.askedAt().map(at -> (double) at.toEpochMilli()).orElse(now);
                    speeds.put("model", speed.observed(Math.round((before + now) / 2 - job.submitted())));
                } else {
                    inFlight.put(asked.id(), asked.asked(at(now)));
                    speeds.put("model", reported.average.map(speed::reported).orElse(speed));
                }
            }
        }
        return lags;
    }

    /** Each job every five seconds, in turn, behind the same token bucket. */
    static Lag behindBucket(int jobs) {
        List<Double> lags = new ArrayList<>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            PriorityQueue<double[]> due = new PriorityQueue<>((a, b) -> Double.compare(a[0], b[0]));
            for (Made job : made(jobs, seed)) {
                due.add(new double[] {job.submitted() + EVERY, job.done()});
            }
            double free = 0;
            while (!due.isEmpty()) {
                double[] job = due.poll();
                double now = Math.max(job[0], free - (BURST - 1) * BETWEEN_QUESTIONS);
                free = Math.max(free, now) + BETWEEN_QUESTIONS;
                if (job[1] <= now) {
                    lags.add(now - job[1]);
                } else {
                    due.add(new double[] {now + EVERY, job[1]});
                }
            }
        }
        return Lag.of(lags, 0);
    }

    /** Each job every five seconds, whatever the server says. */
    static Lag asInTheExample(int jobs) {
        List<Double> lags = new ArrayList<>();
        long refused = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            ArrayDeque<Double> window = new ArrayDeque<>();
            PriorityQueue<double[]> due = new PriorityQueue<>((a, b) -> Double.compare(a[0], b[0]));
            for (Made job : made(jobs, seed)) {
                // Nor does it keep to the limit of the queue.
                due.add(new double[] {job.submitted() / jobs + EVERY, job.takes()});
            }
            while (!due.isEmpty()) {
                double[] job = due.poll();
                while (!window.isEmpty() && window.peek() <= job[0] - 60_000) {
                    window.poll();
                }
                if (window.size() >= 120) {
                    refused++;
                    due.add(new double[] {job[0] + EVERY, job[1]});
                    continue;
                }
                window.add(job[0]);
                if (job[1] <= job[0]) {
                    lags.add(job[0] - job[1]);
                } else {
                    due.add(new double[] {job[0] + EVERY, job[1]});
                }
            }
        }
        return Lag.of(lags, refused / SEEDS);
    }

    private static List<Made> made(int jobs, int seed) {
        return made(jobs, seed, MEDIAN);
    }

    private static List<Made> made(int jobs, int seed, double median) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003L);
        List<Made> made = new ArrayList<>();
        for (int i = 0; i < jobs; i++) {
            made.add(new Made(i * BETWEEN_SUBMISSIONS, median * Math.exp(SIGMA * random.nextGaussian())));
        }
        return made;
    }

    private static Instant at(double millis) {
        return Instant.ofEpochMilli(Math.round(millis));
    }
}
