package io.github.venicevideo.s3;

import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Uploads in parts that were begun and not completed, such as by a program that was killed: they cost money for ever, and no listing of
 * objects shows them.
 */
public record BegunUploads(S3Client client, String bucket) {

    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int NOT_IMPLEMENTED = 501;

    /** Ends all that were begun under a key. */
    public void abort(String key) {
        try {
            client.listMultipartUploads(list -> list.bucket(bucket).prefix(key)).uploads().stream()
                    .filter(upload -> upload.key().equals(key)).forEach(upload -> abort(key, upload.uploadId()));
        } catch (S3Exception e) {
            // Some stores have no such list, some users no right to it: the bucket's own rules have to do it then.
            if (e.statusCode() != FORBIDDEN && e.statusCode() != NOT_IMPLEMENTED) {
                throw e;
            }
        }
    }

    /** Ends one; one that has ended meanwhile is as it should be. */
    public void abort(String key, String uploadId) {
        try {
            client.abortMultipartUpload(abort -> abort.bucket(bucket).key(key).uploadId(uploadId));
        } catch (S3Exception e) {
            if (e.statusCode() != NOT_FOUND) {
                throw e;
            }
        }
    }
}
