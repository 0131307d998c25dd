package io.github.venicevideo.deliver;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.Remaps;
import io.github.venicevideo.ledger.remote.Delivery;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.MicroUsd;
import io.github.venicevideo.venice.endpoint.PlainUrl;
import io.github.venicevideo.venice.request.Media;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What programs read about a job: {@code job.json}, the sidecar and events. Holds no key and no download_url. */
final class JobDocument {

    /** What people wrote stays as it is, however it begins. */
    private static final Set<String> PROMPTS = Set.of("prompt", "negative_prompt");

    private JobDocument() {
    }

    /** What became of a job. */
    static ObjectNode of(Job job, List<Delivery> deliveries) {
        ObjectNode document = Json.mapper().createObjectNode();
        document.put("job_id", job.id());
        document.put("bundle", job.bundle());
        document.put("drop", job.dropName());
        put(document, "reference", job.reference());
        document.put("state", job.state().toString());
        put(document, "reason", job.reason());
        put(document, "message", job.message());
        job.detail().map(JobDocument::parse).ifPresent(detail -> detail.properties()
                .forEach(field -> document.set(field.getKey(), field.getValue())));
        document.put("model", job.model().orElse(job.request().fields().path("model").asText("")));
        if (!job.options().filled().isEmpty()) {
            job.options().filled().forEach(document.putObject("filled_in")::put);
        }
        if (!job.options().notes().isEmpty()) {
            job.options().notes().forEach(document.putArray("notes")::add);
        }
        put(document, "model_asked", Remaps.asked(job));
        put(document, "queue_id", job.queueId());
        job.price().ifPresent(price -> document.put("price_usd", MicroUsd.toUsd(price)));
        document.put("content_hash", job.contentHash());
        document.put("take", job.options().take());
        document.put("takes", job.options().takes());
        document.put("attempts", job.attempts());
        put(document, "created_at", Optional.of(job.createdAt()));
        put(document, "submitted_at", job.submittedAt());
        put(document, "completed_at", job.completedAt());
        put(document, "ended_at", job.endedAt());
        job.video().ifPresent(video -> document.putObject("video")
                .put("bytes", video.bytes()).put("sha256", video.sha256()).put("duration_ms", video.durationMs())
                .put("width", video.width()).put("height", video.height()));
        var videos = document.putArray("delivered_to");
        for (Delivery delivery : deliveries) {
            delivery.location().ifPresent(location -> videos.addObject()
                    .put("destination", delivery.destination()).put("location", location));
        }
        List<Delivery> without = deliveries.stream().filter(delivery -> !delivery.isDone() && delivery.trouble().isPresent())
                .toList();
        if (!without.isEmpty()) {
            var missing = document.putArray("not_delivered_to");
            without.forEach(delivery -> missing.addObject().put("destination", delivery.destination())
                    .put("message", delivery.trouble().get())
                    .put("since", delivery.troubleSince().map(Instant::toString).orElse("")));
        }
        return document;
    }

    /** What lies in the place of a sidecar until that is sent: whose the name is. */
    static ObjectNode claim(String jobId) {
        return Json.mapper().createObjectNode().put("job_id", jobId).put("state", JobState.RETRIEVED.toString())
                .put("message", "The video of this name is being brought here.");
    }

    /** What lies beside a video: how it was made, and what it is. */
    static ObjectNode sidecar(Job job) {
        ObjectNode document = of(job, List.of());
        // What it went through on the way is no matter of the video, and may be another thing at each destination.
        document.remove(List.of("state", "reason", "message", "delivered_to", "attempts", "drop"));
        ObjectNode request = job.request().fields().deepCopy();
        request.remove("consents");
        hideAccess(request);
        document.set("request", request);
        var media = document.putArray("media");
        Map<String, String> names = FileNames.media(job);
        for (Media medium : job.request().media()) {
            String file = names.getOrDefault(medium.path(), medium.path().substring(medium.path().lastIndexOf('/') + 1));
            put(request, JsonPointer.compile(medium.field()), file);
            media.addObject().put("field", medium.field()).put("file", file).put("mime_type", medium.mimeType())
                    .put("bytes", medium.bytes()).put("sha256", medium.sha256());
        }
        return document;
    }

    /** Who gets the video does not thereby get what a URL of the request gives access to. */
    private static void hideAccess(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().stream().filter(field -> !PROMPTS.contains(field.getKey()))
                    .forEach(field -> field.setValue(plain(field.getValue())));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, plain(array.get(i)));
            }
        }
    }

    private static JsonNode plain(JsonNode value) {
        hideAccess(value);
        return value.isTextual() && PlainUrl.isUrl(value.textValue()) ? TextNode.valueOf(PlainUrl.of(value.textValue())) : value;
    }

    /** A document as bytes for a file that people may open. */
    static byte[] bytes(ObjectNode document) {
        try {
            return Json.pretty(document);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the bytes went into the request, the sidecar names the file that they came from. */
    private static void put(ObjectNode request, JsonPointer field, String file) {
        JsonNode parent = request.at(field.head());
        if (parent instanceof ObjectNode object) {
            object.put(field.last().getMatchingProperty(), file);
        } else if (parent instanceof ArrayNode array) {
            array.set(field.last().getMatchingIndex(), array.textNode(file));
        }
    }

    private static JsonNode parse(String json) {
        try {
            return Json.mapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void put(ObjectNode document, String field, Optional<?> value) {
        value.ifPresent(present -> document.put(field, present instanceof Instant at ? at.toString()
                : present.toString()));
    }
}
