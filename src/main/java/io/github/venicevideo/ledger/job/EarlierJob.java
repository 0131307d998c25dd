package io.github.venicevideo.ledger.job;

import io.github.venicevideo.venice.MicroUsd;
import java.util.Optional;

/**
 * The job that asked for the same before, as a person is told of it.
 *
 * @param location where its video is, once it is anywhere
 * @param price in micro-dollars, once it is known
 */
record EarlierJob(String id, String bundle, String state, Optional<String> location, Optional<Long> price) {

    String sentence() {
        return "The bundle " + bundle + " (job " + id + ", " + state + ") asks, or has asked, for exactly the same video"
                + location.map(where -> ", which lies at " + where).orElse("")
                + price.map(micros -> ", for " + MicroUsd.text(micros) + " USD").orElse("")
                + ". Nothing was sent.";
    }
}
