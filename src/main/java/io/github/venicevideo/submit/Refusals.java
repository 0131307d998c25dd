package io.github.venicevideo.submit;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.venicevideo.ledger.Job;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.Refused;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Fails a job that the API will not take, with all that it said. */
final class Refusals {

    private Refusals() {
    }

    static Job fail(Ledger ledger, Job job, Refused refused) throws JsonProcessingException {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("status", refused.status());
        detail.put("code", refused.code());
        detail.put("fields", refused.fields());
        refused.suggestedPrompt().ifPresent(prompt -> detail.put("suggested_prompt", prompt));
        refused.recommendedModel().ifPresent(model -> detail.put("recommended_model", model));
        return ledger.transitions().failed(job, "refused", refused.sentence(),
                Optional.of(Json.mapper().writeValueAsString(detail)));
    }
}
