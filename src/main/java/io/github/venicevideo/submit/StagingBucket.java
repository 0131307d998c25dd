package io.github.venicevideo.submit;

import io.github.venicevideo.s3.BegunUploads;
import io.github.venicevideo.s3.LentCredentials;
import io.github.venicevideo.s3.ObjectOptions;
import io.github.venicevideo.s3.PartsUpload;
import io.github.venicevideo.s3.S3Checksums;
import io.github.venicevideo.s3.S3Endpoints;
import io.github.venicevideo.s3.UploadParts;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.component.aws2.s3.AWS2S3Endpoint;
import org.apache.commons.codec.digest.DigestUtils;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The bucket that media are staged in, by the client of its {@code aws2-s3} endpoint. */
final class StagingBucket {

    private static final int MOST_VERSIONS = 20;
    private static final String DIGEST = "sha256";
    private static final String PREFIX = "venice-staging/";

    private final S3Client client;
    private final String bucket;
    private final String prefix;
    private final boolean pathStyle;
    private final UploadParts parts;
    private final ObjectOptions options;

    StagingBucket(AWS2S3Endpoint endpoint, UploadParts parts) {
        this(endpoint.getS3Client(), endpoint.getConfiguration().getBucketName(),
                Optional.ofNullable(endpoint.getConfiguration().getPrefix()).orElse(PREFIX),
                endpoint.getConfiguration().isForcePathStyle(), parts, ObjectOptions.of(endpoint.getConfiguration()));
    }

    /**
     * @param prefix what every key begins with
     * @param parts when an upload is made of them
     * @param options of each object
     */
    StagingBucket(S3Client client, String bucket, String prefix, boolean pathStyle, UploadParts parts, ObjectOptions options) {
        this.client = client;
        this.bucket = bucket;
        this.prefix = prefix;
        this.pathStyle = pathStyle;
        this.parts = parts;
        this.options = options;
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
        boolean checked = true;
        try {
            upload(key, file, sha256, mimeType, true);
        } catch (S3Exception e) {
            if (!S3Checksums.mayBeRefused(e)) {
                throw e;
            }
            checked = false;
            upload(key, file, sha256, mimeType, false);
        }
        if (!holds(key, sha256, Files.size(file)) || !checked && !sha256.equals(readBack(key))) {
            throw new IOException("The staging bucket does not hold what was uploaded as " + key);
        }
    }

    private void upload(String key, Path file, String sha256, String mimeType, boolean checked) throws IOException {
        if (Files.size(file) >= parts.from()) {
            new PartsUpload(client, bucket, parts.size(), options, checked).upload(key, file, Map.of(DIGEST, sha256), mimeType);
            return;
        }
        client.putObject(request -> {
            request.bucket(bucket).key(key).contentType(mimeType).metadata(Map.of(DIGEST, sha256)).applyMutation(options::addTo);
            if (checked) {
                request.checksumSHA256(Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256)));
            } else {
                request.overrideConfiguration(S3Checksums.without(Optional.empty()));
            }
        }, RequestBody.fromFile(file));
    }

    /** What a store has that was told no checksum, and so checked nothing. */
    private String readBack(String key) throws IOException {
        try (InputStream in = client.getObject(get -> get.bucket(bucket).key(key)
                .overrideConfiguration(S3Checksums.without(Optional.empty())))) {
            return DigestUtils.sha256Hex(in);
        }
    }

    /**
     * Removes an object, and what there is of it; absent is fine. Of a bucket that keeps versions it removes each, since one
     * that is only hidden is still kept; a key is nobody else's.
     *
     * @throws StillThereException when something is left after as many attempts as are made at once
     */
    void remove(String key) {
        new BegunUploads(client, bucket).abort(key);
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
        return S3Endpoints.head(client, request -> request.bucket(bucket).key(key));
    }

    /** A URL from which anybody can fetch an object for a while: a secret. */
    URI url(String key, Duration life) {
        S3ServiceClientConfiguration settings = client.serviceClientConfiguration();
        S3Presigner.Builder builder = S3Presigner.builder().region(settings.region())
                .credentialsProvider(new LentCredentials<>(settings.credentialsProvider()))
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
