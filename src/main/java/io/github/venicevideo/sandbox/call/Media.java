package io.github.venicevideo.sandbox.call;

import java.nio.file.Path;

/**
 * One medium of a request: a URL, or a decoded data URL.
 *
 * @param pointer where it stood, as a JSON pointer
 * @param field its top-level field
 * @param family what the field is for
 * @param label MIME type of the data URL; empty for a URL
 * @param file the decoded bytes; null for a URL
 * @param bytes their number
 * @param sha256 of the bytes; empty for a URL
 * @param face whether the bytes (or the URL) carry the face marker
 * @param minor whether they carry the minor marker
 * @param problem why it cannot be read at all; null when it can
 */
public record Media(String pointer, String field, MediaFamily family, String label, Path file, long bytes, String sha256,
             boolean face, boolean minor, String problem) {

    public static Media broken(String pointer, String field, MediaFamily family, String problem) {
        return new Media(pointer, field, family, "", null, 0, "", false, false, problem);
    }

    public boolean isUrl() {
        return file == null && problem == null;
    }

    /** Stands for the data URL in what is recorded of the request. */
    public String placeholder() {
        return "sandbox-media:" + label + ":" + sha256 + ":" + bytes;
    }
}
