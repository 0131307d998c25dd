package io.github.venicevideo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.intake.rules.ListedModel;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.MicroUsd;
import io.github.venicevideo.venice.catalogue.VideoModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The answer of {@code --models}, for programs, and out of that for people. */
final class ModelsListing {

    private ModelsListing() {
    }

    /** @param prices in micro-dollars, by id, of those that were asked for and told */
    static ObjectNode of(List<ListedModel> models, Map<String, Long> prices, String apiUrl, boolean sandbox) {
        ObjectNode listing = Json.mapper().createObjectNode().put("api", apiUrl).put("sandbox", sandbox);
        ArrayNode entries = listing.putArray("models");
        for (ListedModel listed : models) {
            VideoModel model = listed.model();
            ObjectNode entry = entries.addObject().put("id", model.id()).put("kind", listed.kind());
            listed.defaultFor().forEach(entry.putArray("default_for")::add);
            list(entry, "durations", model.durations());
            list(entry, "aspect_ratios", model.aspectRatios());
            list(entry, "resolutions", model.resolutions());
            model.audioConfigurable().ifPresent(flag -> entry.put("audio_configurable", flag));
            model.audioInput().ifPresent(flag -> entry.put("audio_input", flag));
            model.videoInput().ifPresent(flag -> entry.put("video_input", flag));
            entry.put("prompt_limit", model.promptLimit()).put("privacy", model.privacy()).put("offline", model.offline());
            model.retirement().ifPresent(retirement -> {
                retirement.removesAt().ifPresent(at -> entry.put("removes_at", at.toString()));
                retirement.replacement().ifPresent(id -> entry.put("replacement", id));
            });
            listed.notes().forEach(entry.putArray("notes")::add);
            entry.set("default_job", listed.job().fields());
            Optional.ofNullable(prices.get(model.id())).ifPresent(price -> entry.put("price_usd", MicroUsd.toUsd(price)));
        }
        return listing;
    }

    private static void list(ObjectNode entry, String field, Optional<List<String>> values) {
        values.ifPresent(listed -> listed.forEach(entry.putArray(field)::add));
    }

    static String text(ObjectNode listing) {
        List<String> lines = new ArrayList<>();
        if (listing.path("sandbox").asBoolean()) {
            lines.add("SANDBOX: no venice.api.key is set, so models and prices are make-believe");
        }
        JsonNode models = listing.path("models");
        lines.add(models.isEmpty() ? "No catalogue of models is known here, and none could be had from " + listing.path("api").asText()
                : models.size() + (models.size() == 1 ? " model, as " : " models, as ") + listing.path("api").asText() + " listed them " + age(listing));
        models.forEach(model -> model(model, lines));
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }

    private static String age(JsonNode listing) {
        if (!listing.has("age_seconds")) {
            return "at a time that nobody noted";
        }
        Duration age = Duration.ofSeconds(listing.path("age_seconds").asLong());
        String spelt = age.toDays() > 1 ? age.toDays() + " days" : age.toHours() > 0 ? age.toHours() + " h"
                : age.toMinutes() > 0 ? age.toMinutes() + " min" : age.toSeconds() + " s";
        return spelt + " ago, at " + listing.path("heard_at").asText();
    }

    private static void model(JsonNode model, List<String> lines) {
        lines.add("");
        lines.add(model.path("id").asText() + " (" + model.path("kind").asText() + ")");
        values(model, "durations", "lasts", lines);
        values(model, "aspect_ratios", "ratios", lines);
        values(model, "resolutions", "sizes", lines);
        lines.add("  prompt of " + model.path("prompt_limit").asText() + " characters at most"
                + (model.path("audio_configurable").asBoolean() ? "; audio can be chosen" : "")
                + (model.path("audio_input").asBoolean() ? "; takes sounds" : "")
                + (model.path("privacy").asText().isEmpty() ? "" : "; " + model.path("privacy").asText()));
        model.path("default_for").forEach(kind -> lines.add("  default for venice.defaults.model." + kind.asText()));
        model.path("notes").forEach(note -> lines.add("  Note: " + note.asText()));
        if (model.has("price_usd")) {
            lines.add("  " + model.path("price_usd").decimalValue().toPlainString() + " USD for " + model.path("default_job"));
        }
    }

    private static void values(JsonNode model, String field, String word, List<String> lines) {
        if (!model.path(field).isEmpty()) {
            List<String> values = new ArrayList<>();
            model.path(field).forEach(value -> values.add(value.asText()));
            lines.add("  " + word + " " + String.join(" ", values));
        }
    }
}
