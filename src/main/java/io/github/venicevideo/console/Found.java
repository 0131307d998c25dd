package io.github.venicevideo.console;

import java.util.Optional;

/**
 * What a check has found.
 *
 * @param named with the names of bundles, for whoever bears the console's token
 * @param nameless without them, for anybody who may ask
 */
record Found(String named, String nameless) {

    /** What holds no name of a bundle. */
    static Optional<Found> plain(Optional<String> sentence) {
        return sentence.map(said -> new Found(said, said));
    }
}
