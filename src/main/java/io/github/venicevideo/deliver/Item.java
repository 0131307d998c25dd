package io.github.venicevideo.deliver;

import java.io.File;
import java.nio.file.Path;

/**
 * One file of a delivery.
 *
 * @param name what it is called at the destination, with its folders and its extension
 * @param content a {@link File}, so that it is streamed and can be sent again, or the bytes themselves
 * @param contentType as in HTTP
 * @param bytes how many
 * @param sha256 of them, in lower-case hex
 */
public record Item(String name, Object content, String contentType, long bytes, String sha256) {

    static Item of(String name, Path file, String contentType, long bytes, String sha256) {
        return new Item(name, file.toFile(), contentType, bytes, sha256);
    }

    static Item of(String name, byte[] content, String contentType) {
        return new Item(name, content, contentType, content.length, Sha256.hex(content));
    }

    @Override
    public String toString() {
        return name;
    }
}
