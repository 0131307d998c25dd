package io.github.venicevideo.submit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.component.aws2.s3.AWS2S3Endpoint;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The bucket that media are staged in, by the client of its {@code aws2-s3} endpoint. */
final class StagingBucket {

    /** From here on, an upload is made of parts. */
    static final long LARGE = 64L * 1024 * 1024;

    private static final long PART = 16L * 1024 * 1024;
    private static final int FORBIDDEN = 403;
    private static final int GONE = 404;
    private static final int NOT_IMPLEMENTED = 501;
    private static final int MOST_VERSIONS = 20;
    private static final String DIGEST = "sha256";
    private static final String PREFIX = "venice-staging/";

    private final S3Client client;
    private final String bucket;
    private final String prefix;
    private final boolean pathStyle;
    private final long large;
    private final long part;

    StagingBucket(AWS2S3Endpoint endpoint) {
        this(endpoint.getS3Client(), endpoint.getConfiguration().getBucketName(),
                Optional.ofNullable(endpoint.getConfiguration().getPrefix()).orElse(PREFIX),
                endpoint.getConfiguration().isForcePathStyle(), LARGE, PART);
    }

    /**
     * @param prefix what every key begins with
     * @param large from how many bytes on an upload is made of parts
     * @param part bytes of each but the last
     */
    StagingBucket(S3Client client, String bucket, String prefix, boolean pathStyle, long large, long part) {
        this.client = client;
        this.bucket = bucket;
        this.prefix = prefix;
        this.pathStyle = pathStyle;
        this.large = large;
        this.part = part;
    }

    String name() {
        return bucket;
    }

    /** A key that no other object has: a content that is staged again later gets another. */
    String keyOf(String sha256, String jobId, String mimeType) {
        String kind = mimeType.substring(mimeType.indexOf('/') + 1).replaceAll("[^a-z0-9]", "");
        return prefix + sha256 + "-" + jobId + "." + (kind.equals("quicktime") ? "mov" : kind.isEmpty() ? "bin" : kind);
    }

    /** Whether an object is there, whole. */
    boolean holds(String key, String sha256, long bytes) {
        return head(key).filter(head -> head.contentLength() == bytes
                && sha256.equals(head.metadata().get(DIGEST))).isPresent();
    }

    /**
     * Uploads a file, and looks whether it is there then.
     *
     * @param sha256 lower-case hex digest of the file, which the store checks too
     * @throws IOException when the store says afterwards that it has something else
     */
    void upload(String key, Path file, String sha256, String mimeType) throws IOException {
        if (Files.size(file) < large) {
            client.putObject(request -> request.bucket(bucket).key(key).contentType(mimeType)
                    .metadata(Map.of(DIGEST, sha256))
                    .checksumSHA256(Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256))),
                    RequestBody.fromFile(file));
        } else {
            uploadParts(key, file, sha256, mimeType);
        }
        if (!holds(key, sha256, Files.size(file))) {
            throw new IOException("The staging bucket does not hold what was uploaded as " + key);
        }
    }

    private void uploadParts(String key, Path file, String sha256, String mimeType) throws IOException {
        abortParts(key);
        String upload = client.createMultipartUpload(request -> request.bucket(bucket).key(key).contentType(mimeType)
                .metadata(Map.of(DIGEST, sha256))).uploadId();
        try {
            List<CompletedPart> parts = new ArrayList<>();
            long size = Files.size(file);
            for (long from = 0; from < size; from += part) {
                int number = parts.size() + 1;
                long offset = from;
                long length = Math.min(part, size - from);
                String etag = client.uploadPart(request -> request.bucket(bucket).key(key).uploadId(upload)
                                .partNumber(number).contentLength(length),
                        RequestBody.fromContentProvider(() -> slice(file, offset, length), length, mimeType)).eTag();
                parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
            }
            client.completeMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(upload)
                    .multipartUpload(done -> done.parts(parts)));
        } catch (RuntimeException e) {
            abortParts(key);
            throw e;
        }
    }

    private static InputStream slice(Path file, long from, long length) {
        try {
            return new FileSlice(file, from, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Parts of an upload that a program did not live to end cost money for ever. */
    private void abortParts(String key) {
        try {
            for (MultipartUpload upload : client.listMultipartUploads(list -> list.bucket(bucket).prefix(key)).uploads()) {
                if (upload.key().equals(key)) {
                    client.abortMultipartUpload(abort -> abort.bucket(bucket).key(key).uploadId(upload.uploadId()));
                }
            }
        } catch (S3Exception e) {
            // Some stores have no such list, some users no right to it: the bucket's own rules have to do it then.
            if (e.statusCode() != FORBIDDEN && e.statusCode() != NOT_IMPLEMENTED) {
                throw e;
            }
        }
    }

    /**
     * Removes an object, and what there is of it; absent is fine. Of a bucket that keeps versions it removes each, since one
     * that is only hidden is still kept; a key is nobody else's.
     *
     * @throws StillThereException when something is left after as many attempts as are made at once
     */
    void remove(String key) {
        abortParts(key);
        Optional<HeadObjectResponse> head = head(key);
        for (int version = 0; head.isPresent(); version++) {
            if (version == MOST_VERSIONS) {
                throw new StillThereException(key);
            }
            String versionId = head.get().versionId();
            client.deleteObject(request -> request.bucket(bucket).key(key).versionId(versionId));
            head = head(key);
        }
    }

    private Optional<HeadObjectResponse> head(String key) {
        try {
            return Optional.of(client.headObject(request -> request.bucket(bucket).key(key)));
        } catch (S3Exception e) {
            if (e.statusCode() == GONE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** A URL from which anybody can fetch an object for a while: a secret. */
    URI url(String key, Duration life) {
        S3ServiceClientConfiguration settings = client.serviceClientConfiguration();
        S3Presigner.Builder builder = S3Presigner.builder().region(settings.region())
                .credentialsProvider(settings.credentialsProvider())
                .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(pathStyle).build());
        settings.endpointOverride().ifPresent(builder::endpointOverride);
        try (S3Presigner presigner = builder.build()) {
            return URI.create(presigner.presignGetObject(request -> request.signatureDuration(life)
                    .getObjectRequest(get -> get.bucket(bucket).key(key))).url().toString());
        }
    }

    /** An object is there still, after it was deleted again and again. */
    static final class StillThereException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        StillThereException(String key) {
            super(key + " was deleted " + MOST_VERSIONS + " times, and something of it is there still");
        }
    }
}
