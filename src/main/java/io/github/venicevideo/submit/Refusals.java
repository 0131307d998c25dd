package io.github.venicevideo.submit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.Reason;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.answer.MediaChanged;
import io.github.venicevideo.venice.answer.Refused;
import io.github.venicevideo.venice.catalogue.Catalogue;
import io.github.venicevideo.venice.catalogue.Retirement;
import io.github.venicevideo.venice.catalogue.VideoModel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Fails a job that the API will not take, with all that it said, or that cannot be sent as it was recorded. */
final class Refusals {

    private static final int MOST_NAMES = 3;
    private static final int UNPROCESSABLE = 422;
    private static final String BASIC = "-basic";
    private static final Map<String, String> UPSCALING = new TreeMap<>(Map.of("duration", "Auto", "prompt", "Upscale", "resolution", "2x"));
    private static final Pattern PERSON = Pattern.compile("\\b(persons?|people|humans?|faces?|likeness)\\b", Pattern.CASE_INSENSITIVE);

    private Refusals() {
    }

    /** @param catalogue to name what there is instead of a model that cannot be had */
    static Job fail(Ledger ledger, Job job, Refused refused, Optional<Catalogue> catalogue) throws JsonProcessingException {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("status", refused.status());
        detail.put("code", refused.code());
        detail.put("fields", refused.fields());
        refused.suggestedPrompt().ifPresent(prompt -> detail.put("suggested_prompt", prompt));
        refused.recommendedModel().ifPresent(model -> detail.put("recommended_model", model));
        return ledger.transitions().failed(job, Reason.REFUSED, refused.sentence() + instead(job, refused, catalogue) + persons(job, refused) + missing(job, refused),
                Optional.of(Json.mapper().writeValueAsString(detail)));
    }

    /** The bundle's files are not what was recorded. */
    static Job fail(Ledger ledger, Job job, MediaChanged changed) {
        return ledger.transitions().failed(job, Reason.MEDIA_CHANGED, changed.message()
                + " The bundle was changed after it was taken; drop it again when it is whole.", Optional.empty());
    }

    private static boolean isAboutContent(Refused refused) {
        return refused.code().contains("CONTENT_POLICY") || PERSON.matcher(refused.message()).find();
    }

    private static String persons(Job job, Refused refused) {
        String model = Submit.modelOf(job);
        boolean media = job.request().fields().properties().stream()
                .anyMatch(field -> field.getKey().endsWith("_url") || field.getKey().endsWith("_urls"));
        if (refused.status() != UNPROCESSABLE || !isAboutContent(refused) || !model.endsWith(BASIC) || !media || refused.suggestedPrompt().isPresent()) {
            return "";
        }
        String asking = model.substring(0, model.length() - BASIC.length());
        return "\nModels whose name ends in " + BASIC + " take no media that show persons, and never ask for consent. If these do:"
                + " use media without persons, or name a model in the manifest that asks for consent, such as " + asking
                + ". It may not be listed any more; a quote, which is free, tells whether it is still to be had.";
    }

    /** What to add, where the API wants of an upscaling what the guide says that it does not take. */
    private static String missing(Job job, Refused refused) {
        ObjectNode fields = job.request().fields();
        String wanted = UPSCALING.entrySet().stream()
                .filter(field -> refused.fields().containsKey(field.getKey()) && !fields.has(field.getKey()))
                .map(field -> "\"" + field.getKey() + "\": \"" + field.getValue() + "\"").collect(Collectors.joining(", "));
        return wanted.isEmpty() || !fields.has("video_url") || !Submit.modelOf(job).contains("upscale") ? ""
                : "\nAdd to a request.json in the bundle what the provider's page of the model shows: " + wanted + ".";
    }

    private static String instead(Job job, Refused refused, Optional<Catalogue> catalogue) {
        if (!refused.isAboutModel() || catalogue.isEmpty()) {
            return "";
        }
        String model = Submit.modelOf(job);
        Optional<String> replacement = catalogue.get().find(model).flatMap(VideoModel::retirement)
                .flatMap(Retirement::replacement);
        return replacement.map(id -> "\nIts place is taken by " + id + ".").orElse("") + "\nListed are, spelt most like it: "
                + String.join(", ", catalogue.get().nearest(model, MOST_NAMES + 1).stream().filter(id -> !id.equals(model))
                .limit(MOST_NAMES).toList()) + ".";
    }
}
