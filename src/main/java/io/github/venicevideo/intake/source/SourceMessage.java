package io.github.venicevideo.intake.source;

import io.github.venicevideo.intake.Placing;

/**
 * A message of a source.
 *
 * @param source whose message it is
 * @param reference what it is known by when it comes again
 * @param content writes its body into a file, whole; as often as it is called
 */
record SourceMessage(String source, String reference, Placing.Filler content) {

    @Override
    public String toString() {
        return reference;
    }
}
