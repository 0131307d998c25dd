package io.github.venicevideo.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.sandbox.call.ApiError;
import io.github.venicevideo.sandbox.call.SandboxOptions;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The models. What is listed is {@code catalogue-2026-08.json}, or {@code models.json} in the world of the seed, whose
 * models today's provider still answers without listing them; {@code rules.json} tells of both what no listing does.
 */
public final class Catalogue {

    private final SandboxOptions.World world;
    private final Clock clock;
    private final JsonNode rules;
    private final JsonNode texts;
    /** Entries by id, the older ones that are not listed among them. */
    private final Map<String, ObjectNode> entries = new LinkedHashMap<>();
    private final Map<String, Model> models = new LinkedHashMap<>();
    private final List<String> listed;

    private Catalogue(SandboxOptions.World world, Clock clock, ObjectMapper mapper) throws IOException {
        this.world = world;
        this.clock = clock;
        this.rules = Resources.json("rules.json", mapper);
        this.texts = Resources.json("text-models.json", mapper);
        if (world == SandboxOptions.World.TODAY) {
            read(Resources.json("catalogue-2026-08.json", mapper));
        } else {
            read(Resources.json("models.json", mapper));
        }
        this.listed = List.copyOf(entries.keySet());
        read(Resources.json("models.json", mapper));
        entries.keySet().forEach(this::know);
    }

    public static Catalogue packaged(SandboxOptions.World world, Clock clock, ObjectMapper mapper) throws IOException {
        return new Catalogue(world, clock, mapper);
    }

    private void read(JsonNode listing) {
        listing.path("data").forEach(entry -> entries.putIfAbsent(entry.path("id").asText(), (ObjectNode) entry));
    }

    private void know(String id) {
        models.put(id, Model.of(entries.get(id), rules.path(id), world));
    }

    /** What {@code GET /models} answers. @param type as asked; empty = text models, as the provider does */
    synchronized JsonNode listing(String type) {
        if (!type.equals("video")) {
            return texts;
        }
        ObjectNode listing = JsonNodeFactory.instance.objectNode().put("object", "list").put("type", "video");
        ArrayNode data = listing.putArray("data");
        listed.forEach(id -> data.add(entries.get(id).deepCopy()));
        return listing;
    }

    synchronized List<Model> models() {
        return listed.stream().map(models::get).toList();
    }

    /** Changes an entry, as it is listed and as it is obeyed. */
    public synchronized void change(String id, Consumer<ObjectNode> change) {
        change.accept(entries.get(id));
        know(id);
    }

    /**
     * The model that answers for this id: after its removal the one that it is mapped to, where there is one.
     *
     * @throws ApiError 404 when there is no such model, 410 when it is gone, 503 while it is offline, 403 where its entry names
     *     any region: whoever asks is never in the right one
     */
    synchronized Model require(String id) {
        Model model = models.get(id);
        if (model == null) {
            throw ApiError.nested(404, "invalid_request_error", "MODEL_NOT_FOUND",
                    "Specified model not found: " + id);
        }
        if (entries.get(id).at("/model_spec/offline").asBoolean()) {
            throw ApiError.nested(503, "service_unavailable", "MODEL_OFFLINE", "The model is offline: " + id);
        }
        if (!entries.get(id).at("/model_spec/regionRestrictions").isEmpty()) {
            throw ApiError.plain(403, "This model is not available in your region");
        }
        Optional<Deprecation> removed = model.deprecation().filter(end -> !end.removesAt().isAfter(clock.instant()));
        if (removed.isEmpty()) {
            return model;
        }
        return removed.get().mappedTo().map(this::require).orElseThrow(() -> ApiError.plain(410,
                "The model " + id + " was retired." + removed.get().replacement()
                        .map(replacement -> " Use " + replacement + " instead.").orElse("")));
    }

    /** What every answer about this id says of its end, as headers. */
    synchronized Map<String, String> warnings(String id) {
        return Optional.ofNullable(models.get(id)).flatMap(Model::deprecation)
                .map(end -> end.headers(id)).orElse(Map.of());
    }
}
