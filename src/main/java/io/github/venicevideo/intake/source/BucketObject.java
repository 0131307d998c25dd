package io.github.venicevideo.intake.source;

/**
 * One object as a listing of its bucket has it.
 *
 * @param key its whole key
 * @param etag of its content; with {@code modified} it tells one content of a key from the next
 * @param modified when it was put, in epoch milliseconds
 * @param versionId what its bucket calls this content of the key; empty where it keeps no version of it, or was not asked
 */
record BucketObject(String key, String etag, long bytes, long modified, String versionId) {

    /** An object whose bucket was not asked for its version. */
    BucketObject(String key, String etag, long bytes, long modified) {
        this(key, etag, bytes, modified, "");
    }

    BucketObject withVersionId(String id) {
        return new BucketObject(key, etag, bytes, modified, id);
    }

    /** What tells this content of the key from any other, also from the same bytes put again later. */
    String version() {
        return versionId.isEmpty() ? etag.replace("\"", "") + "@" + modified : versionId;
    }

    /** Stands for a folder that somebody made in a console; holds nothing, and stays. */
    boolean isFolderMark() {
        return key.endsWith("/");
    }
}
