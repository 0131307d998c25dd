package io.github.venicevideo.intake;

/**
 * One object as a listing of its bucket has it.
 *
 * @param key its whole key
 * @param etag of its content; with {@code modified} it tells one content of a key from the next
 * @param modified when it was put, in epoch milliseconds
 */
record BucketObject(String key, String etag, long bytes, long modified) {

    /** What tells this content of the key from any other, also from the same bytes put again later. */
    String version() {
        return etag.replace("\"", "") + "@" + modified;
    }

    /** Stands for a folder that somebody made in a console; holds nothing, and stays. */
    boolean isFolderMark() {
        return key.endsWith("/");
    }
}
