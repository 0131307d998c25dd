package io.github.venicevideo.venice.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.venice.Spelling;
import io.github.venicevideo.venice.answer.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The video models that the API offers, out of {@code GET /models?type=video} (contract, "POST /video/queue").
 *
 * <h2>Contract</h2>
 * Immutable. Entries that cannot be understood are passed over; an answer without a single model that can be is no
 * catalogue.
 */
public final class Catalogue {

    private static final int MOST_MODELS = 2_000;
    private static final int LONGEST_ID = 200;

    /** Notice is a week or two: what is removed within this time is no default any more. */
    private static final Duration SOON = Duration.ofDays(7);

    private final Map<String, VideoModel> models;
    private final Instant now;

    private Catalogue(Map<String, VideoModel> models, Instant now) {
        this.models = Collections.unmodifiableMap(models);
        this.now = now;
    }

    /** The catalogue in a body of {@code GET /models}; empty where there is none in it. */
    public static Optional<Catalogue> of(JsonNode body) {
        Map<String, VideoModel> models = new LinkedHashMap<>();
        JsonNode data = body.path("data");
        for (int i = 0; data.isArray() && i < Math.min(data.size(), MOST_MODELS); i++) {
            JsonNode listed = data.get(i);
            String id = listed.path("id").isTextual() ? listed.path("id").textValue() : "";
            // The type is asked for; an API that passes over the question answers with models of all kinds.
            boolean video = listed.path("type").asText("video").equals("video");
            if (video && !id.isBlank() && id.length() <= LONGEST_ID) {
                models.putIfAbsent(id, VideoModel.of(id, listed.path("model_spec")));
            }
        }
        return models.isEmpty() ? Optional.empty() : Optional.of(new Catalogue(models, Instant.EPOCH));
    }

    /** The catalogue in an answer; empty where it is not one that can be used. */
    public static Optional<Catalogue> of(Answer answer) {
        return answer.success() ? answer.json().flatMap(Catalogue::of) : Optional.empty();
    }

    /** The same catalogue, read at a moment: what it says of removals depends on that. */
    public Catalogue at(Instant moment) {
        return new Catalogue(models, moment);
    }

    /** When it is read; the beginning of time for one that nobody has read {@link #at} a moment. */
    public Instant now() {
        return now;
    }

    /** Whether the model is listed, in service, and not removed within seven days. */
    public boolean isLasting(String id) {
        return find(id).filter(model -> !model.offline() && !model.isRemovedBy(now.plus(SOON))).isPresent();
    }

    /** @param id exactly as the catalogue writes it */
    public Optional<VideoModel> find(String id) {
        return Optional.ofNullable(models.get(id));
    }

    /** All models, in the catalogue's order. */
    public List<VideoModel> models() {
        return List.copyOf(models.values());
    }

    /** All ids, in the catalogue's order. */
    public List<String> ids() {
        return List.copyOf(models.keySet());
    }

    /** The ids that are spelt most like a name, nearest first. */
    public List<String> nearest(String name, int most) {
        String plain = plain(name);
        return models.keySet().stream()
                .sorted(Comparator.comparingInt(id -> Spelling.distance(plain, plain(id))))
                .limit(most)
                .toList();
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_ ./]", "");
    }
}
