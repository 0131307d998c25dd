package io.github.venicevideo.intake.draft;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * The request somebody wrote down.
 *
 * @param file it was read from; empty when the bundle has none
 * @param fields as they stand there, without {@code bundle}; media are still names and URLs
 * @param options what {@code bundle} says
 * @param data what is long in the fields
 */
public record Manifest(Optional<BundleFile> file, ObjectNode fields, BundleOptions options, LongData data) {

    public static Manifest none() {
        return new Manifest(Optional.empty(), JsonNodeFactory.instance.objectNode(),
                BundleOptions.NONE, new LongData());
    }

    public String fileName() {
        return file.map(BundleFile::name).orElse("");
    }
}
