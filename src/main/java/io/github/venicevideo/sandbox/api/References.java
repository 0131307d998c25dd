package io.github.venicevideo.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How many reference media of each kind a model takes, and how long they may be.
 *
 * @param seconds the longest clip or sound, and the longest that those of one kind may be together
 */
record References(int images, int clips, int sounds, double seconds) {

    static References of(JsonNode rules) {
        return new References(rules.path("images").asInt(Integer.MAX_VALUE), rules.path("clips").asInt(Integer.MAX_VALUE),
                rules.path("sounds").asInt(Integer.MAX_VALUE), rules.path("seconds").asDouble(15));
    }
}
