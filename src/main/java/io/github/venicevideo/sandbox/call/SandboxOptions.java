package io.github.venicevideo.sandbox.call;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a {@code Sandbox} behaves. Start from {@link #defaults} and change what matters with the {@code with…} methods.
 *
 * @param dir where its state lives: ports, journal of accepted jobs, finished videos
 * @param medians typical generation time per model id; the key {@code *} stands for all; others come from the catalogue
 * @param sigma sigma of the lognormal spread around the typical time; 0 = every job takes exactly that long
 * @param seed makes the spread repeatable
 * @param requireKey the one bearer key that is accepted; empty = any, or none
 * @param limits requests per minute, and the block after too many failures
 * @param clock what time it is for jobs, limits and expiry; faults that delay use real time
 * @param balance US dollars on the account at each start
 * @param latency real time added before each answer
 * @param keepBodies keep each accepted request's media on disk, for {@code AcceptedJob.media}
 * @param maxBodyBytes larger bodies get 413
 * @param videoTtl how long a finished video can be fetched, counted from its acceptance
 * @param maxDownloads successful GETs of one {@code download_url}; after it 429, then 410
 * @param clip size of the videos
 * @param requestsKept how many requests {@code Sandbox.requests} remembers
 * @param world which models are listed, and what is made of requests
 */
public record SandboxOptions(Path dir, Map<String, Duration> medians, double sigma, long seed, Optional<String> requireKey,
                             Limits limits, Clock clock, BigDecimal balance, Duration latency, boolean keepBodies,
                             long maxBodyBytes, Duration videoTtl, int maxDownloads, Clip clip, int requestsKept,
                             World world) {

    /** Stands for every model in {@link #medians}. */
    public static final String ALL_MODELS = "*";

    /** What the provider is like. */
    public enum World {
        /**
         * As seen in August 2026, and as strict as the contract can be read: {@code catalogue-2026-08.json} is all that
         * is listed; older ids are answered all the same, and only those ask for consent.
         */
        TODAY,
        /** As at first: the models that ask for consent are listed, and a request may leave its ratio open. */
        SEED
    }

    /**
     * Limits of the key, contract section Errors. Windows roll: never more than the limit in any 60 seconds.
     *
     * @param queuePerMinute {@code POST /video/queue}; 0 = no limit
     * @param retrievePerMinute {@code POST /video/retrieve}; 0 = no limit
     * @param failuresBeforeBlock more failed answers than this in 30 s block the key for 30 s; 0 = never
     * @param resetInMillis {@code x-ratelimit-reset-requests} in Unix milliseconds instead of seconds: sources disagree
     */
    public record Limits(int queuePerMinute, int retrievePerMinute, int failuresBeforeBlock, boolean resetInMillis) {

        public static final Limits PROVIDER = new Limits(40, 120, 20, false);
        public static final Limits NONE = new Limits(0, 0, 0, false);
    }

    /**
     * Size of the sandbox's videos.
     *
     * @param shortSide pixels of the shorter side, a multiple of 16
     * @param framesPerSecond frames per second
     * @param maxSeconds a video is as long as asked for, but no longer than this
     * @param paddingBytes bytes of nothing at its end, for tests that need a large file
     */
    public record Clip(int shortSide, int framesPerSecond, int maxSeconds, long paddingBytes) {

        public static final Clip WATCHABLE = new Clip(272, 8, 4);
        /** Milliseconds to make; for tests that need a file and do not look at it. */
        public static final Clip TINY = new Clip(96, 4, 1);

        public Clip(int shortSide, int framesPerSecond, int maxSeconds) {
            this(shortSide, framesPerSecond, maxSeconds, 0);
        }

        public Clip padded(long bytes) {
            return new Clip(shortSide, framesPerSecond, maxSeconds, bytes);
        }
    }

    public static SandboxOptions defaults(Path dir) {
        return new SandboxOptions(dir, Map.of(), 0.35, 1, Optional.empty(), Limits.PROVIDER,
                Clock.systemUTC(), new BigDecimal("100"), Duration.ZERO, false, 35_000_000L, Duration.ofHours(24), 3,
                Clip.WATCHABLE, 2_000, World.TODAY);
    }

    /** For tests: 200 ms a job, tiny videos, no limits, everything remembered. */
    public static SandboxOptions forTests(Path dir) {
        return defaults(dir).withMedian(Duration.ofMillis(200)).withClip(Clip.TINY).withLimits(Limits.NONE)
                .withKeepBodies(true).withRequestsKept(100_000).withWorld(World.SEED);
    }

    public SandboxOptions {
        medians = Map.copyOf(medians);
    }

    /** The same typical time for all models. */
    public SandboxOptions withMedian(Duration typical) {
        return withMedian(ALL_MODELS, typical);
    }

    public SandboxOptions withMedian(String model, Duration typical) {
        Map<String, Duration> changed = new HashMap<>(medians);
        changed.put(model, typical);
        return new SandboxOptions(dir, changed, sigma, seed, requireKey, limits, clock,
                balance, latency, keepBodies, maxBodyBytes, videoTtl, maxDownloads, clip, requestsKept, world);
    }

    public SandboxOptions withSpread(double newSigma, long newSeed) {
        return new SandboxOptions(dir, medians, newSigma, newSeed, requireKey, limits,
                clock, balance, latency, keepBodies, maxBodyBytes, videoTtl, maxDownloads, clip, requestsKept, world);
    }

    public SandboxOptions withKey(String key) {
        return new SandboxOptions(dir, medians, sigma, seed, Optional.of(key), limits,
                clock, balance, latency, keepBodies, maxBodyBytes, videoTtl, maxDownloads, clip, requestsKept, world);
    }

    public SandboxOptions withLimits(Limits changed) {
        return new SandboxOptions(dir, medians, sigma, seed, requireKey, changed, clock,
                balance, latency, keepBodies, maxBodyBytes, videoTtl, maxDownloads, clip, requestsKept, world);
    }

    public SandboxOptions withClock(Clock changed) {
        return new SandboxOptions(dir, medians, sigma, seed, requireKey, limits, changed,
                balance, latency, keepBodies, maxBodyBytes, videoTtl, maxDownloads, clip, requestsKept, world);
    }

    public SandboxOptions withBalance(String usd) {
        return new SandboxOptions(dir, medians, sigma, seed, requireKey, limits, clock,
                new BigDecimal(usd), latency, keepBodies, maxBodyBytes, videoTtl, maxDownloads, clip, requestsKept, world);
    }

    public SandboxOptions withLatency(Duration changed) {
        return new SandboxOptions(dir, medians, sigma, seed, requireKey, limits, clock,
                balance, changed, keepBodies, maxBodyBytes, videoTtl, maxDownloads, clip, requestsKept, world);
    }

    public SandboxOptions withKeepBodies(boolean keep) {
        return new SandboxOptions(dir, medians, sigma, seed, requireKey, limits, clock,
                balance, latency, keep, maxBodyBytes, videoTtl, maxDownloads, clip, requestsKept, world);
    }

    public SandboxOptions withMaxBodyBytes(long bytes) {
        return new SandboxOptions(dir, medians, sigma, seed, requireKey, limits, clock,
                balance, latency, keepBodies, bytes, videoTtl, maxDownloads, clip, requestsKept, world);
    }

    public SandboxOptions withMaxDownloads(int gets) {
        return new SandboxOptions(dir, medians, sigma, seed, requireKey, limits, clock,
                balance, latency, keepBodies, maxBodyBytes, videoTtl, gets, clip, requestsKept, world);
    }

    public SandboxOptions withClip(Clip changed) {
        return new SandboxOptions(dir, medians, sigma, seed, requireKey, limits, clock,
                balance, latency, keepBodies, maxBodyBytes, videoTtl, maxDownloads, changed, requestsKept, world);
    }

    public SandboxOptions withRequestsKept(int count) {
        return new SandboxOptions(dir, medians, sigma, seed, requireKey, limits, clock,
                balance, latency, keepBodies, maxBodyBytes, videoTtl, maxDownloads, clip, count, world);
    }

    public SandboxOptions withWorld(World changed) {
        return new SandboxOptions(dir, medians, sigma, seed, requireKey, limits, clock,
                balance, latency, keepBodies, maxBodyBytes, videoTtl, maxDownloads, clip, requestsKept, changed);
    }
}
