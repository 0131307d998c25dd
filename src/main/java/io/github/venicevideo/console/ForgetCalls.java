package io.github.venicevideo.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.erasure.Erased;
import io.github.venicevideo.erasure.Erasure;
import io.github.venicevideo.ledger.forget.ForgetTarget;
import io.github.venicevideo.ledger.store.LedgerException;
import io.github.venicevideo.venice.Json;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Body;

/** Forgets a job, a medium or a person for whoever asks over HTTP. */
public final class ForgetCalls {

    private static final int BAD_REQUEST = 400;
    private static final int CONFLICT = 409;

    private final Erasure erasure;

    public ForgetCalls(Erasure erasure) {
        this.erasure = erasure;
    }

    /**
     * Forgets what a body such as {@code {"job": "…", "confirm": true}} names; without {@code confirm} it only says what
     * that would come to.
     *
     * @throws ConsoleRefusal when it cannot be understood, or something has to be done first
     */
    public Map<String, Object> forget(@Body String body) throws ConsoleRefusal, IOException {
        JsonNode call = read(body);
        ForgetTarget target = target(call);
        boolean confirmed = call.path("confirm").asBoolean(false);
        try {
            Erased erased = confirmed ? erasure.forget(target) : erasure.plan(target);
            if (confirmed && !erased.blocked().isEmpty()) {
                throw new ConsoleRefusal(CONFLICT, "Nothing was forgotten. " + String.join(" ", erased.blocked()));
            }
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("forgotten", confirmed);
            answer.put("jobs", erased.jobs());
            answer.put("consents", erased.consents());
            answer.put("removed", erased.removed());
            answer.put("out_of_reach", erased.outOfReach());
            answer.put("blocked", erased.blocked());
            return answer;
        } catch (IllegalArgumentException e) {
            throw new ConsoleRefusal(BAD_REQUEST, e.getMessage());
        } catch (LedgerException e) {
            throw new ConsoleRefusal(CONFLICT, e.getMessage());
        }
    }

    private static ForgetTarget target(JsonNode call) throws ConsoleRefusal {
        List<ForgetTarget.Kind> kinds = Arrays.stream(ForgetTarget.Kind.values())
                .filter(kind -> call.path(kind.toString()).isTextual()).toList();
        boolean known = call.propertyStream().map(Map.Entry::getKey).allMatch(name -> name.equals("confirm")
                || Arrays.stream(ForgetTarget.Kind.values()).anyMatch(kind -> kind.toString().equals(name)));
        if (kinds.size() != 1 || !known || !call.path("confirm").isMissingNode() && !call.path("confirm").isBoolean()) {
            throw new ConsoleRefusal(BAD_REQUEST, "Send {\"job\": \"its id\"}, {\"medium\": \"its SHA-256\"} or {\"person\":"
                    + " \"the whole name\"}, with \"confirm\": true to do it.");
        }
        try {
            return new ForgetTarget(kinds.get(0), call.path(kinds.get(0).toString()).asText());
        } catch (IllegalArgumentException e) {
            throw new ConsoleRefusal(BAD_REQUEST, e.getMessage());
        }
    }

    private static JsonNode read(String body) {
        try {
            return Optional.ofNullable(Json.mapper().readTree(Optional.ofNullable(body).orElse("")))
                    .orElse(Json.mapper().createObjectNode());
        } catch (JsonProcessingException e) {
            return Json.mapper().createObjectNode();
        }
    }
}
