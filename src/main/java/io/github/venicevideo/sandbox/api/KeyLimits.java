package io.github.venicevideo.sandbox.api;

import io.github.venicevideo.sandbox.call.ApiError;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.call.Reply;
import io.github.venicevideo.sandbox.call.SandboxOptions;
import java.time.Clock;

/** The limits of one key: requests a minute for queue and retrieve, and the block after too many failed answers. */
public final class KeyLimits {

    private static final long MINUTE = 60_000;
    private static final long BLOCK = 30_000;
    /** Announced for calls that the contract names no limit for; not enforced. */
    private static final int UNLIMITED = 500;

    private final SandboxOptions.Limits limits;
    private final Clock clock;
    private final RollingWindow queue;
    private final RollingWindow retrieve;
    private final RollingWindow failures;
    private long blockedUntil;

    public KeyLimits(SandboxOptions.Limits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
        this.queue = new RollingWindow(orUnlimited(limits.queuePerMinute()), MINUTE);
        this.retrieve = new RollingWindow(orUnlimited(limits.retrievePerMinute()), MINUTE);
        this.failures = new RollingWindow(Integer.MAX_VALUE, BLOCK);
    }

    /** Counts a request. @throws ApiError 429, when it is one too many or the key is blocked */
    void admit(Call call) {
        long now = clock.millis();
        synchronized (this) {
            if (now < blockedUntil) {
                throw tooFast("Too many failed requests. The key is blocked for a while.", blockedUntil - now);
            }
        }
        RollingWindow window = window(call);
        if (window != null && !window.tryCount(now)) {
            throw tooFast("Rate limit exceeded.", window.roomAt(now) - now);
        }
    }

    /** Looks at an answer; too many failed ones within 30 s block the key for 30 s. */
    void answered(Reply reply) {
        long now = clock.millis();
        synchronized (this) {
            if (limits.failuresBeforeBlock() == 0 || !reply.isFailure() || now < blockedUntil) {
                return;
            }
            failures.tryCount(now);
            if (Integer.MAX_VALUE - failures.remaining(now) > limits.failuresBeforeBlock()) {
                failures.clear();
                blockedUntil = now + BLOCK;
            }
        }
    }

    /** The three headers that are on every answer. */
    Reply label(Call call, Reply reply) {
        long now = clock.millis();
        RollingWindow window = window(call);
        int limit = window == null ? UNLIMITED : window.limit();
        int remaining = window == null ? UNLIMITED : window.remaining(now);
        long reset = window == null ? now + MINUTE : Math.max(window.roomAt(now), now + 1000);
        return reply.with("x-ratelimit-limit-requests", Integer.toString(limit))
                .with("x-ratelimit-remaining-requests", Integer.toString(remaining))
                .with("x-ratelimit-reset-requests",
                        Long.toString(limits.resetInMillis() ? reset : (reset + 999) / 1000));
    }

    int perMinute(Call call) {
        return window(call).limit();
    }

    private RollingWindow window(Call call) {
        return switch (call) {
            case QUEUE -> queue;
            case RETRIEVE -> retrieve;
            default -> null;
        };
    }

    private static ApiError tooFast(String message, long waitMillis) {
        long seconds = Math.max(1, (waitMillis + 999) / 1000);
        return ApiError.nested(429, "rate_limit_error", "RATE_LIMIT_EXCEEDED", message)
                .with("Retry-After", Long.toString(seconds));
    }

    private static int orUnlimited(int perMinute) {
        return perMinute == 0 ? 1_000_000 : perMinute;
    }
}
