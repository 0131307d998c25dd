package io.github.venicevideo.venice.answer;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The key or the account is refused, not the job: keep every job, stop sending, try again now and then
 * (contract, "Errors", 401, 402 and 403).
 *
 * @param code the API's code, such as {@code INSUFFICIENT_BALANCE}, or {@code HTTP_401}
 * @param message what the server said
 */
public record AccountTrouble(String code, String message)
        implements QueueOutcome, RetrieveOutcome, QuoteOutcome, CompleteOutcome {

    private static final Set<String> ACCOUNT_CODES =
            Set.of("UNAUTHORIZED", "API_ACCESS_DISABLED", "AUTHENTICATION_FAILED", "INVALID_API_KEY", "INSUFFICIENT_BALANCE");
    private static final Pattern MONEY = Pattern.compile(
            "spend(ing)?[ _-]?(limit|cap)|insufficient[ _-](balance|credit|fund)|(balance|credits?) (is )?(too low|exhausted)");
    private static final Pattern MODEL = Pattern.compile("(^|[^a-z])(models?|regions?|country)([^a-z]|$)");

    /** What an answer to a harmless call says about the key or the account; empty when it says nothing against them. */
    public static Optional<AccountTrouble> in(Answer answer) {
        return answer.success() ? Optional.empty() : of(ApiError.of(answer));
    }

    /** A 401 or 403 about the model or the region concerns one job only; everything else about key or money, all of them. */
    static Optional<AccountTrouble> of(ApiError error) {
        String said = (error.code() + " " + error.message()).toLowerCase(Locale.ROOT);
        boolean trouble = switch (error.status()) {
            case 402 -> true;
            case 401, 403 -> ACCOUNT_CODES.contains(error.code().toUpperCase(Locale.ROOT))
                    || MONEY.matcher(said).find() || !MODEL.matcher(said).find();
            case 400, 429 -> MONEY.matcher(said).find();
            default -> false;
        };
        return trouble ? Optional.of(new AccountTrouble(error.code(), error.message())) : Optional.empty();
    }
}
