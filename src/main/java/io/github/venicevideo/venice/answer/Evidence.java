package io.github.venicevideo.venice.answer;

import io.github.venicevideo.venice.CleanText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an answer bears that helps afterwards: the id by which the provider's support finds it, the API's version, and what was
 * there before it was charged (contract, "Errors").
 */
public final class Evidence {

    private static final int LONGEST = 100;

    private Evidence() {
    }

    /** A sentence; empty where the answer bears nothing of that. */
    public static Optional<String> in(Answer answer) {
        List<String> parts = new ArrayList<>();
        header(answer, "cf-ray").ifPresent(ray -> parts.add("CF-RAY " + ray));
        header(answer, "x-venice-version").ifPresent(version -> parts.add("version " + version));
        Balance.before(answer).ifPresent(balance -> parts.add("balance before it " + balance));
        return parts.isEmpty() ? Optional.empty()
                : Optional.of("The queue answered with " + answer.status() + ": " + String.join(", ", parts) + ".");
    }

    private static Optional<String> header(Answer answer, String name) {
        return Optional.ofNullable(answer.headers().get(name)).map(value -> CleanText.of(value, LONGEST))
                .filter(value -> !value.isEmpty());
    }
}
