package io.github.venicevideo.venice.answer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.venice.CleanText;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Judges the answers to {@code POST /video/retrieve} (contract, "POST /video/retrieve" and "Where sources disagree"). */
public final class RetrieveAnswer {

    private static final long SHORTEST_AVERAGE = 1_000;
    private static final long LONGEST_AVERAGE = 3_600_000;
    private static final long LONGEST_EXECUTION = 48 * 3_600_000L;

    private RetrieveAnswer() {
    }

    public static RetrieveOutcome of(Answer answer) {
        if (answer.carriesVideo()) {
            return new RetrieveOutcome.Video();
        }
        if (answer.status() == 200) {
            return answer.json().flatMap(RetrieveAnswer::status).orElseGet(() -> Retry.of(answer, "The answer could not be read"
                    + (answer.contentType().isEmpty() ? "" : " (" + CleanText.of(answer.contentType(), 100) + ")")
                    + ". " + ApiError.of(answer).message()));
        }
        ApiError error = ApiError.of(answer);
        Optional<AccountTrouble> trouble = AccountTrouble.of(error);
        if (trouble.isPresent()) {
            return trouble.get();
        }
        if (answer.status() == 429) {
            return Wait.untilReset(answer, error);
        }
        // Only the API itself may end a paid job: a proxy's 404 page says nothing about it.
        if (error.readable() && expired(error)) {
            return new RetrieveOutcome.Expired(error.message());
        }
        if (error.readable() && answer.status() == 422) {
            return failed(error);
        }
        return Retry.of(answer, error.message(), error.readable());
    }

    /** Older and newer servers differ in how they say that a job is gone. */
    private static boolean expired(ApiError error) {
        return error.status() == 404 || error.status() == 410
                || (error.status() == 400 && (error.code().equalsIgnoreCase("REQUEST_ID_NOT_FOUND")
                || error.message().toLowerCase(Locale.ROOT).contains("request id is invalid")));
    }

    private static RetrieveOutcome.Failed failed(ApiError error) {
        return new RetrieveOutcome.Failed(error.code(), error.message(), error.creditsRefunded(), error.recommendedModel());
    }

    private static Optional<RetrieveOutcome> status(JsonNode body) {
        return Texts.first(body, "status").map(status -> switch (status.toUpperCase(Locale.ROOT)) {
            case "COMPLETED" -> new RetrieveOutcome.Completed(
                    Texts.first(body, "download_url", "url").map(DownloadUrl::new));
            case "FAILED" -> failedStatus(body);
            // also what this program has never heard of: giving up would lose a paid video
            default -> new RetrieveOutcome.Processing(
                    milliseconds(body.path("average_execution_time"), SHORTEST_AVERAGE, LONGEST_AVERAGE),
                    milliseconds(body.path("execution_duration"), 0, LONGEST_EXECUTION));
        });
    }

    private static RetrieveOutcome failedStatus(JsonNode body) {
        ApiError error = ApiError.of(200, body);
        boolean silent = error.code().equals("HTTP_200");
        return new RetrieveOutcome.Failed(silent ? "FAILED" : error.code(),
                error.message().equals("HTTP_200") ? "The provider says that it failed, without a reason." : error.message(),
                error.creditsRefunded(), error.recommendedModel());
    }

    private static OptionalLong milliseconds(JsonNode value, long least, long most) {
        if (!value.isNumber() || !(value.doubleValue() >= 0)) {
            return OptionalLong.empty();
        }
        return OptionalLong.of((long) Math.max(least, Math.min(most, value.doubleValue())));
    }
}
