package io.github.venicevideo.intake;

import io.github.venicevideo.home.Intent;
import java.util.Optional;

/**
 * What is known of a bundle that says it was paid for.
 *
 * @param intent its intent, answered, where it is certain
 * @param doubt why a person has to decide, as a sentence; empty where it is certain
 */
record PaidBefore(Optional<Intent> intent, String doubt) {

    static PaidBefore known(Intent intent) {
        return new PaidBefore(Optional.of(intent), "");
    }

    static PaidBefore inDoubt(String queueId, String why) {
        return new PaidBefore(Optional.empty(), "Its job.json says that it was paid for as " + queueId + ", but " + why
                + ". Nothing was sent. Adopt the queue_id where it is yours; resubmit, and pay, where it is not.");
    }
}
