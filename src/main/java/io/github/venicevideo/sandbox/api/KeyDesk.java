package io.github.venicevideo.sandbox.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.sandbox.call.ApiError;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.call.Reply;
import java.util.Map;
import java.util.Optional;

/** Who may call, what the key may do, and what is left. */
public final class KeyDesk {

    private final Optional<String> key;
    private final KeyLimits limits;
    private final Account account;
    private final Catalogue catalogue;

    public KeyDesk(Optional<String> key, KeyLimits limits, Account account, Catalogue catalogue) {
        this.key = key;
        this.limits = limits;
        this.account = account;
        this.catalogue = catalogue;
    }

    /** @throws ApiError 401 for a wrong key; the catalogue needs none */
    void authenticate(Call call, Map<String, String> headers) {
        if (key.isPresent() && call != Call.MODELS && !("Bearer " + key.get()).equals(headers.get("authorization"))) {
            throw ApiError.plain(401, "Authentication failed");
        }
    }

    /** {@code GET /billing/balance}. */
    Reply balance() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("canConsume", account.balance().signum() > 0).put("consumptionCurrency", "USD");
        body.putObject("balances").put("diem", 0).put("usd", account.balance());
        return Reply.json(200, body.put("diemEpochAllocation", 0));
    }

    Reply rateLimits() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode data = body.putObject("data");
        data.put("accessPermitted", true);
        data.putObject("apiTier").put("id", "paid").put("isCharged", true);
        data.putObject("balances").put("USD", account.balance()).put("DIEM", 0);
        data.putNull("keyExpiration");
        ArrayNode perModel = data.putArray("rateLimits");
        for (Model model : catalogue.models()) {
            perModel.addObject().put("apiModelId", model.id()).putArray("rateLimits").addObject()
                    .put("amount", limits.perMinute(Call.QUEUE)).put("type", "RPM");
        }
        return Reply.json(200, body);
    }
}
