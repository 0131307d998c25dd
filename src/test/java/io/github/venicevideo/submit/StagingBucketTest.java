package io.github.venicevideo.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.venicevideo.S3Server;
import io.github.venicevideo.s3.FilePart;
import io.github.venicevideo.s3.ObjectOptions;
import io.github.venicevideo.s3.UploadParts;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.component.aws2.s3.AWS2S3Endpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** What is removed is gone, or it is said. */
class StagingBucketTest {

    @Test
    void eachVersionOfAnObjectIsRemoved() {
        Versions store = new Versions(20);

        bucket(store).remove("p/one");

        assertThat(store.left).hasValue(0);
    }

    @Test
    void whatIsStillThereAfterEveryAttemptIsNotTakenForGone() {
        assertThatThrownBy(() -> bucket(new Versions(Integer.MAX_VALUE)).remove("p/one"))
                .isInstanceOf(StagingBucket.StillThereException.class).hasMessageContaining("p/one");
    }

    @Test
    void whatAnUploadThatDiedLeftOfItsPartsIsAborted(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("large"), new byte[6 << 20]);
        String sha256 = HexFormat.of().formatHex(new FilePart(file, 0, Files.size(file)).sha256());
        try (S3Server server = S3Server.start(folder.resolve("s3")).bucket("staging"); S3Client client = server.client()) {
            StagingBucket bucket = new StagingBucket(client, "staging", "p/", true, new UploadParts(5 << 20, 5 << 20),
                    ObjectOptions.NONE);
            begin(client, "p/one");
            begin(client, "p/two");
            begin(client, "p/one.mp4");

            bucket.upload("p/one", file, sha256, "video/mp4");
            bucket.remove("p/two");

            assertThat(server.uploads("staging")).as("another object's are not touched").containsExactly("p/one.mp4");
            assertThat(server.keys("staging")).containsExactly("p/one");
            assertThat(server.bytes("staging", "p/one")).isEqualTo(Files.readAllBytes(file));
        }
    }

    @Test
    void anUploadThatEndedWhileItWasBeingAbortedIsNoTrouble() {
        bucket(new Versions(0) {
            @Override
            public ListMultipartUploadsResponse listMultipartUploads(ListMultipartUploadsRequest request) {
                return ListMultipartUploadsResponse.builder()
                        .uploads(MultipartUpload.builder().key(request.prefix()).uploadId("u").build()).build();
            }

            @Override
            public AbortMultipartUploadResponse abortMultipartUpload(AbortMultipartUploadRequest request) {
                throw S3Exception.builder().statusCode(404).message("NoSuchUpload").build();
            }
        }).remove("p/one");
    }

    @Test
    void aUrlLeavesTheClientsCredentialsOpen() {
        Closeable credentials = new Closeable();
        try (S3Client client = S3Client.builder().region(Region.US_EAST_1).credentialsProvider(credentials).build()) {
            URI url = bucket(client).url("p/one.png", Duration.ofHours(1));

            assertThat(url.getPath()).isEqualTo("/staging/p/one.png");
            assertThat(url.getQuery()).contains("X-Amz-Signature", "X-Amz-Expires=3600");
            assertThat(credentials.closed).isFalse();
        }
    }

    @Test
    void objectsAreKeptAsTheEndpointSays(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("image"), new byte[100]);
        String sha256 = HexFormat.of().formatHex(new FilePart(file, 0, Files.size(file)).sha256());
        Recording store = new Recording(sha256);
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind("store", S3Client.class, store);
            AWS2S3Endpoint endpoint = context.getEndpoint("aws2-s3://staging?amazonS3Client=#store&useAwsKMS=true"
                    + "&awsKMSKeyId=key-1&storageClass=STANDARD_IA", AWS2S3Endpoint.class);
            endpoint.start();

            new StagingBucket(endpoint, UploadParts.USUAL).upload("p/one", file, sha256, "image/png");
            new StagingBucket(endpoint, new UploadParts(100, 100)).upload("p/two", file, sha256, "image/png");
        }

        assertThat(store.put.serverSideEncryption()).isEqualTo(store.begun.serverSideEncryption())
                .isEqualTo(ServerSideEncryption.AWS_KMS);
        assertThat(store.put.ssekmsKeyId()).isEqualTo(store.begun.ssekmsKeyId()).isEqualTo("key-1");
        assertThat(store.put.storageClassAsString()).isEqualTo(store.begun.storageClassAsString()).isEqualTo("STANDARD_IA");
    }

    private static void begin(S3Client client, String key) {
        String id = client.createMultipartUpload(begin -> begin.bucket("staging").key(key)).uploadId();
        client.uploadPart(part -> part.bucket("staging").key(key).uploadId(id).partNumber(1),
                RequestBody.fromBytes(new byte[5 << 20]));
    }

    private static StagingBucket bucket(S3Client client) {
        return new StagingBucket(client, "staging", "p/", true, UploadParts.USUAL, ObjectOptions.NONE);
    }

    /** Credentials that are fetched over a connection of their own, as those of a role are. */
    private static final class Closeable implements AwsCredentialsProvider, SdkAutoCloseable {

        private volatile boolean closed;

        @Override
        public AwsCredentials resolveCredentials() {
            return AwsBasicCredentials.create(S3Server.KEY, S3Server.SECRET);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** Takes whatever it is sent, and says that it has it. */
    private static final class Recording implements S3Client {

        private final String sha256;
        private PutObjectRequest put;
        private CreateMultipartUploadRequest begun;

        Recording(String sha256) {
            this.sha256 = sha256;
        }

        @Override
        public HeadBucketResponse headBucket(HeadBucketRequest request) {
            return HeadBucketResponse.builder().build();
        }

        @Override
        public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
            put = request;
            return PutObjectResponse.builder().build();
        }

        @Override
        public HeadObjectResponse headObject(HeadObjectRequest request) {
            return HeadObjectResponse.builder().contentLength(100L).metadata(Map.of("sha256", sha256)).build();
        }

        @Override
        public ListMultipartUploadsResponse listMultipartUploads(ListMultipartUploadsRequest request) {
            return ListMultipartUploadsResponse.builder().build();
        }

        @Override
        public CreateMultipartUploadResponse createMultipartUpload(CreateMultipartUploadRequest request) {
            begun = request;
            return CreateMultipartUploadResponse.builder().uploadId("upload").build();
        }

        @Override
        public UploadPartResponse uploadPart(UploadPartRequest request, RequestBody body) {
            return UploadPartResponse.builder().eTag("part").build();
        }

        @Override
        public CompleteMultipartUploadResponse completeMultipartUpload(CompleteMultipartUploadRequest request) {
            return CompleteMultipartUploadResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return "s3";
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    /** One object, with so many versions. */
    private static class Versions implements S3Client {

        private final AtomicInteger left;

        Versions(int versions) {
            left = new AtomicInteger(versions);
        }

        @Override
        public HeadObjectResponse headObject(HeadObjectRequest request) {
            if (left.get() == 0) {
                throw S3Exception.builder().statusCode(404).build();
            }
            return HeadObjectResponse.builder().versionId("v" + left.get()).build();
        }

        @Override
        public DeleteObjectResponse deleteObject(DeleteObjectRequest request) {
            assertThat(request.versionId()).isEqualTo("v" + left.getAndDecrement());
            return DeleteObjectResponse.builder().build();
        }

        @Override
        public ListMultipartUploadsResponse listMultipartUploads(ListMultipartUploadsRequest request) {
            return ListMultipartUploadsResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return "s3";
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
