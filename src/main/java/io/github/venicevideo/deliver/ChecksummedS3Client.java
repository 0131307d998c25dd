package io.github.venicevideo.deliver;

import io.github.venicevideo.s3.S3Checksums;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/**
 * Adds to the requests of Camel's S3 producer what it has no option for: the SHA-256 of what is sent, which the store
 * then checks, and the metadata of objects that go in parts. Everything else stays as the endpoint's options say.
 */
final class ChecksummedS3Client extends DelegatingS3Client {

    private static final Logger LOG = LoggerFactory.getLogger(ChecksummedS3Client.class);
    private static final List<Class<? extends S3Request>> SENT = List.of(PutObjectRequest.class,
            CreateMultipartUploadRequest.class, UploadPartRequest.class, CompleteMultipartUploadRequest.class);

    /** Since the store refused one; until the next start. */
    private volatile boolean withoutChecksums;
    private final Map<String, S3Upload> expected = new ConcurrentHashMap<>();

    ChecksummedS3Client(S3Client client) {
        super(client);
    }

    /** The object that is sent next under its key. */
    void expect(S3Upload upload) {
        expected.put(upload.item().name(), upload);
    }

    /** The object has arrived. */
    void forget(String key) {
        expected.remove(key);
    }

    @Override
    @SuppressWarnings("unchecked")
    protected <T extends S3Request, R> R invokeOperation(T request, Function<T, R> operation) {
        if (request instanceof CreateMultipartUploadRequest create) {
            upload(create.key()).ifPresent(upload -> upload.begins().run());
        }
        R response = applied((T) completed(request), operation);
        if (response instanceof CreateMultipartUploadResponse created) {
            upload(created.key()).ifPresent(upload -> upload.begun().accept(created.uploadId()));
        }
        return response;
    }

    private <T extends S3Request, R> R applied(T request, Function<T, R> operation) {
        try {
            return operation.apply(request);
        } catch (S3Exception e) {
            if (S3Checksums.mayBeRefused(e) && !withoutChecksums && SENT.stream().anyMatch(kind -> kind.isInstance(request))) {
                withoutChecksums = true;
                LOG.warn("A store refuses a request as it is (HTTP {}); its checksum may be why. From now on objects go there without"
                        + " one, and are read back", e.statusCode());
            }
            throw e;
        }
    }

    /** As it is sent to a store that knows no checksums. */
    private S3Request plain(S3Request request, Optional<S3Upload> upload) {
        AwsRequestOverrideConfiguration without = S3Checksums.without(request.overrideConfiguration());
        if (upload.isEmpty()) {
            return request;
        }
        if (request instanceof PutObjectRequest put) {
            PutObjectRequest.Builder builder = put.toBuilder().metadata(upload.get().metadata()).overrideConfiguration(without);
            return (upload.get().overwrite() ? builder.ifNoneMatch(null) : builder).build();
        }
        if (request instanceof CreateMultipartUploadRequest create) {
            return create.toBuilder().metadata(upload.get().metadata()).overrideConfiguration(without).build();
        }
        if (request instanceof UploadPartRequest part) {
            return part.toBuilder().overrideConfiguration(without).build();
        }
        CompleteMultipartUploadRequest.Builder complete =
                ((CompleteMultipartUploadRequest) request).toBuilder().overrideConfiguration(without);
        return (upload.get().overwrite() ? complete.ifNoneMatch(null) : complete).build();
    }

    private S3Request completed(S3Request request) {
        try {
            if (withoutChecksums && SENT.stream().anyMatch(kind -> kind.isInstance(request))) {
                return plain(request, upload(request.getValueForField("Key", String.class).orElse(null)));
            }
            if (request instanceof PutObjectRequest put && upload(put.key()).isPresent()) {
                return put(put, upload(put.key()).get());
            }
            if (request instanceof CreateMultipartUploadRequest create && upload(create.key()).isPresent()) {
                return create.toBuilder().metadata(upload(create.key()).get().metadata())
                        .checksumAlgorithm(ChecksumAlgorithm.SHA256).build();
            }
            if (request instanceof UploadPartRequest part && upload(part.key()).isPresent()) {
                return part.toBuilder().checksumSHA256(upload(part.key()).get().partSha256(part.partNumber())).build();
            }
            if (request instanceof CompleteMultipartUploadRequest complete && upload(complete.key()).isPresent()) {
                return complete(complete, upload(complete.key()).get());
            }
            return request;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static S3Request put(PutObjectRequest put, S3Upload upload) {
        PutObjectRequest.Builder builder = put.toBuilder().metadata(upload.metadata())
                .checksumSHA256(Sha256.base64(upload.item().sha256()));
        return (upload.overwrite() ? builder.ifNoneMatch(null) : builder).build();
    }

    /** An upload with checksums is completed by naming each part's. */
    private static S3Request complete(CompleteMultipartUploadRequest complete, S3Upload upload) throws IOException {
        List<CompletedPart> parts = new ArrayList<>();
        for (CompletedPart part : complete.multipartUpload().parts()) {
            parts.add(part.toBuilder().checksumSHA256(upload.partSha256(part.partNumber())).build());
        }
        CompleteMultipartUploadRequest.Builder builder = complete.toBuilder()
                .multipartUpload(complete.multipartUpload().toBuilder().parts(parts).build());
        return (upload.overwrite() ? builder.ifNoneMatch(null) : builder).build();
    }

    private Optional<S3Upload> upload(String key) {
        return Optional.ofNullable(key).map(expected::get);
    }
}
