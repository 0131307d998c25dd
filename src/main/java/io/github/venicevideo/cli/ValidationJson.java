package io.github.venicevideo.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.intake.bundle.Bundle;
import io.github.venicevideo.intake.problem.Problem;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.MicroUsd;
import java.nio.charset.StandardCharsets;

/** The answer of {@code --validate} for programs. */
final class ValidationJson {


    private ValidationJson() {
    }

    static String of(Validation validation) throws JsonProcessingException {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("exit_status", validation.exitStatus()).put("api", validation.apiUrl()).put("sandbox", validation.sandbox())
                .put("offline", validation.offline()).put("catalogue", validation.catalogue());
        ArrayNode bundles = json.putArray("bundles");
        validation.each().forEach(verdict -> bundles.add(of(verdict)));
        return new String(Json.pretty(json), StandardCharsets.UTF_8).strip() + System.lineSeparator();
    }

    private static ObjectNode of(Verdict verdict) {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("path", verdict.path()).put("status", verdict.status().word().replace(' ', '-'));
        verdict.message().ifPresent(message -> json.put("message", message));
        ArrayNode problems = json.putArray("problems");
        verdict.problems().forEach(problem -> problems.add(of(problem)));
        verdict.warnings().forEach(json.putArray("warnings")::add);
        verdict.bundle().ifPresent(bundle -> request(json, bundle, verdict));
        return json;
    }

    private static ObjectNode of(Problem problem) {
        ObjectNode json = Json.mapper().valueToTree(problem);
        return json.put("sentence", problem.sentence());
    }

    private static void request(ObjectNode json, Bundle bundle, Verdict verdict) {
        json.set("request", ShownRequest.of(bundle));
        bundle.filled().forEach(json.putObject("filled_in")::put);
        json.set("media", Json.mapper().valueToTree(bundle.media()));
        json.put("body_bytes", bundle.bodyBytes()).put("content_hash", bundle.contentHash());
        verdict.deliverTo().forEach(json.putArray("deliver_to")::add);
        json.put("takes", bundle.options().takes());
        verdict.price().ifPresent(price -> json.put("price_usd", MicroUsd.toUsd(price))
                .put("total_usd", MicroUsd.toUsd(price * bundle.options().takes())));
    }
}
