package io.github.venicevideo.venice.answer;

import java.util.Optional;

/** Judges the answers to {@code POST /video/complete} (contract, "Where sources disagree"). */
public final class CompleteAnswer {

    private CompleteAnswer() {
    }

    public static CompleteOutcome of(Answer answer) {
        if (answer.success()) {
            return answer.json().map(body -> body.path("success").asBoolean(false)
                            ? new CompleteOutcome.Deleted()
                            : new CompleteOutcome.NotDeleted("The server did not say that the copy was deleted."))
                    .orElseGet(() -> Retry.of(answer, "The answer could not be read."));
        }
        ApiError error = ApiError.of(answer);
        Optional<AccountTrouble> trouble = AccountTrouble.of(error);
        if (trouble.isPresent()) {
            return trouble.get();
        }
        if (answer.status() == 429) {
            return Wait.untilReset(answer, error);
        }
        if (!error.readable() || answer.status() >= 500) {
            return Retry.of(answer, error.message());
        }
        return answer.status() == 404 || answer.status() == 410
                ? new CompleteOutcome.Deleted() : new CompleteOutcome.NotDeleted(error.message());
    }
}
