package io.github.venicevideo.intake.source;

import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.s3.S3Endpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.camel.component.aws2.s3.AWS2S3Configuration;
import org.apache.camel.component.aws2.s3.AWS2S3Endpoint;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The bucket of an {@code aws2-s3:} endpoint, by the endpoint's own client. What was read is removed only while it is
 * still what was read.
 */
final class Bucket {

    private static final int GONE = 404;
    private static final int CHANGED = 412;
    private static final int NOT_IMPLEMENTED = 501;
    private static final int MILLIS_A_SECOND = 1000;

    /** What S3 calls every content that it keeps no version of, such as one put while versioning is suspended. */
    private static final String NO_VERSION = "null";

    private final S3Client client;
    private final AWS2S3Configuration settings;
    private boolean unversioned;

    Bucket(AWS2S3Endpoint endpoint) {
        this.client = endpoint.getS3Client();
        this.settings = endpoint.getConfiguration();
    }

    String name() {
        return settings.getBucketName();
    }

    String prefix() {
        return Optional.ofNullable(settings.getPrefix()).orElse("");
    }

    /** Whether what was recorded leaves its place. */
    boolean removes() {
        return settings.isDeleteAfterRead() || settings.isMoveAfterRead();
    }

    /**
     * The objects below the prefix whose keys come after one, in the order of their keys; asked for page by page as they are
     * gone through.
     *
     * @param after empty for all
     */
    Iterable<BucketObject> list(String after) {
        ListObjectsV2Request request = ListObjectsV2Request.builder().bucket(name()).prefix(prefix())
                .startAfter(after.isEmpty() ? null : after).build();
        return () -> client.listObjectsV2Paginator(request).contents().stream().map(Bucket::object).iterator();
    }

    private static BucketObject object(S3Object object) {
        return new BucketObject(object.key(), text(object.eTag()), object.size(), object.lastModified().toEpochMilli());
    }

    /**
     * What the bucket calls the content that a listing saw; empty where it keeps no version of it. A bucket that has never
     * kept any is asked once.
     *
     * @return empty when the object has been changed since
     */
    Optional<String> versionId(BucketObject object) {
        if (unversioned) {
            return Optional.of("");
        }
        Optional<HeadObjectResponse> head = head(object).filter(now -> isStill(object, now));
        head.ifPresent(now -> unversioned = now.versionId() == null);
        return head.map(now -> version(now.versionId()));
    }

    /**
     * Fetches an object into a new file, and syncs it.
     *
     * @throws IOException when it is no longer what the listing said; the next look sees what it is now
     */
    void fetch(BucketObject object, Path file) throws IOException {
        GetObjectRequest.Builder request = GetObjectRequest.builder().bucket(name()).key(object.key());
        if (!object.etag().isEmpty()) {
            request.ifMatch(object.etag());
        }
        if (settings.isUseCustomerKey()) {
            request.sseCustomerKey(settings.getCustomerKeyId()).sseCustomerKeyMD5(settings.getCustomerKeyMD5())
                    .sseCustomerAlgorithm(settings.getCustomerAlgorithm());
        }
        try {
            GetObjectResponse got = client.getObject(request.build(), file);
            if (!object.versionId().isEmpty() && !object.versionId().equals(version(got.versionId()))) {
                throw new IOException("The object " + object.key() + " was put again while it was being fetched");
            }
        } catch (S3Exception e) {
            if (e.statusCode() == GONE || e.statusCode() == CHANGED) {
                throw new IOException("The object " + object.key() + " was changed while it was being fetched", e);
            }
            throw e;
        }
        if (Files.size(file) != object.bytes()) {
            throw new IOException("The object " + object.key() + " came with " + Files.size(file) + " bytes instead of "
                    + object.bytes());
        }
        DurableFiles.syncFile(file);
    }

    /**
     * Moves or deletes an object, as the endpoint says; one that is no longer what was read is left, for it is
     * something new.
     */
    void remove(BucketObject object) {
        if (head(object).filter(now -> isStill(object, now)).isEmpty()) {
            return;
        }
        try {
            if (settings.isMoveAfterRead()) {
                move(object);
            }
            delete(object);
        } catch (S3Exception e) {
            if (e.statusCode() != GONE && e.statusCode() != CHANGED) {
                throw e;
            }
        }
    }

    /** What only one key opens stays so. */
    private void move(BucketObject object) {
        client.copyObject(copy -> {
            copy.sourceBucket(name()).sourceKey(object.key()).copySourceIfMatch(object.etag().isEmpty() ? null : object.etag())
                    .destinationBucket(settings.getDestinationBucket()).destinationKey(
                            text(settings.getDestinationBucketPrefix()) + object.key() + text(settings.getDestinationBucketSuffix()));
            if (settings.isUseCustomerKey()) {
                copy.copySourceSSECustomerKey(settings.getCustomerKeyId()).copySourceSSECustomerKeyMD5(settings.getCustomerKeyMD5())
                        .copySourceSSECustomerAlgorithm(settings.getCustomerAlgorithm());
                copy.sseCustomerKey(settings.getCustomerKeyId()).sseCustomerKeyMD5(settings.getCustomerKeyMD5())
                        .sseCustomerAlgorithm(settings.getCustomerAlgorithm());
            }
        });
    }

    private static boolean isStill(BucketObject object, HeadObjectResponse now) {
        boolean version = object.versionId().isEmpty() || object.versionId().equals(version(now.versionId()));
        // A listing may know the time to the millisecond, an answer's header knows the second.
        return version && text(now.eTag()).equals(object.etag())
                && now.lastModified().getEpochSecond() == object.modified() / MILLIS_A_SECOND;
    }

    private void delete(BucketObject object) {
        try {
            client.deleteObject(delete -> delete.bucket(name()).key(object.key())
                    .ifMatch(object.etag().isEmpty() ? null : object.etag()));
        } catch (S3Exception e) {
            if (e.statusCode() != NOT_IMPLEMENTED) {
                throw e;
            }
            // A store without conditional deletes; a moment ago it was still what was read.
            client.deleteObject(delete -> delete.bucket(name()).key(object.key()));
        }
    }

    private Optional<HeadObjectResponse> head(BucketObject object) {
        return S3Endpoints.head(client, head -> {
            head.bucket(name()).key(object.key());
            if (settings.isUseCustomerKey()) {
                head.sseCustomerKey(settings.getCustomerKeyId()).sseCustomerKeyMD5(settings.getCustomerKeyMD5())
                        .sseCustomerAlgorithm(settings.getCustomerAlgorithm());
            }
        });
    }

    private static String version(String id) {
        return NO_VERSION.equals(id) ? "" : text(id);
    }

    private static String text(String value) {
        return Optional.ofNullable(value).orElse("");
    }
}
