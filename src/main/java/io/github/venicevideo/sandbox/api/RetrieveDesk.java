package io.github.venicevideo.sandbox.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.sandbox.call.ApiError;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.call.Exchange;
import io.github.venicevideo.sandbox.call.Reply;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** {@code POST /video/retrieve}, {@code POST /video/complete}, and the links of private models. */
public final class RetrieveDesk {

    private static final String VIDEO_ENDING = ".mp4";

    private final RequestSchema retrieveSchema = RequestSchema.packaged("retrieve");
    private final RequestSchema completeSchema = RequestSchema.packaged("complete");
    private final Jobs jobs;
    private final Videos videos;
    private final DownloadLinks links;
    private final Clock clock;
    private final Duration videoTtl;
    private volatile double averages = 1;

    public RetrieveDesk(Jobs jobs, Videos videos, DownloadLinks links, Clock clock, Duration videoTtl) throws IOException {
        this.jobs = jobs;
        this.videos = videos;
        this.links = links;
        this.clock = clock;
        this.videoTtl = videoTtl;
    }

    /** @param times what is reported as the average, in parts of what it is; 0 = nothing is reported */
    public void reportAverages(double times) {
        averages = times;
    }

    Reply retrieve(Exchange exchange) throws IOException {
        retrieveSchema.check(exchange.json());
        Job job = require(exchange);
        long now = clock.millis();
        if (!job.isReady(now)) {
            return status(job, "PROCESSING", now);
        }
        Reply reply = job.linkedLater() ? Reply.json(200, JsonNodeFactory.instance.objectNode()
                .put("status", "completed").put("url", links.url(job))).ending()
                : job.isPrivate() ? status(job, "COMPLETED", now).ending() : Reply.video(videos.of(job));
        if (exchange.json().path("delete_media_on_completion").asBoolean()) {
            jobs.delete(job.queueId());
        }
        return reply;
    }

    Reply complete(Exchange exchange) throws IOException {
        completeSchema.check(exchange.json());
        Job job = require(exchange);
        if (!job.isReady(clock.millis())) {
            throw ApiError.plain(400, "The video is still being generated.");
        }
        jobs.delete(job.queueId());
        return Reply.json(200, JsonNodeFactory.instance.objectNode().put("success", true));
    }

    Reply download(Exchange exchange) throws IOException {
        Job job = requireLinked(exchange);
        if (!job.isReady(clock.millis())) {
            throw ApiError.plain(404, "No such object.");
        }
        links.countUse(job);
        return Reply.video(videos.of(job));
    }

    Reply revoke(Exchange exchange) throws IOException {
        Job job = requireLinked(exchange);
        if (job.linkedLater()) {
            throw ApiError.plain(403, "This link cannot be revoked.");
        }
        jobs.delete(job.queueId());
        return new Reply(204, null, new byte[0], null, false, Map.of());
    }

    private Job require(Exchange exchange) {
        Job job = jobs.find(exchange.text("queue_id"));
        if (job == null || !job.model().equals(exchange.text("model")) || jobs.isDeleted(job.queueId())
                || isExpired(job)) {
            throw ApiError.plain(404, "Video generation request not found.");
        }
        return job;
    }

    private Job requireLinked(Exchange exchange) {
        if (exchange.headers().containsKey("authorization")) {
            throw ApiError.plain(400, "Only one authentication mechanism is allowed: remove the Authorization header.");
        }
        String name = exchange.path().substring(Call.DOWNLOADS.length());
        Job job = name.endsWith(VIDEO_ENDING)
                ? jobs.find(name.substring(0, name.length() - VIDEO_ENDING.length())) : null;
        if (job == null || !job.isLinked() || jobs.isDeleted(job.queueId())) {
            throw ApiError.plain(404, "No such object.");
        }
        if (!job.query().equals(exchange.query())) {
            throw ApiError.plain(403, "The signature does not match.");
        }
        if (isExpired(job)) {
            throw ApiError.plain(410, "This download link has expired.");
        }
        return job;
    }

    private boolean isExpired(Job job) {
        return clock.millis() - job.acceptedAt() >= videoTtl.toMillis();
    }

    private Reply status(Job job, String status, long now) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("status", status);
        double times = averages;
        if (times > 0) {
            body.put("average_execution_time", Math.round(job.p80Millis() * times));
        }
        body.put("execution_duration", Math.min(now - job.acceptedAt(),
                        status.equals("COMPLETED") ? job.takesMillis() : Long.MAX_VALUE));
        return Reply.json(200, body);
    }
}
