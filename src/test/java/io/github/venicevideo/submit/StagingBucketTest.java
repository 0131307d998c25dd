package io.github.venicevideo.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

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

    private static StagingBucket bucket(S3Client client) {
        return new StagingBucket(client, "staging", "p/", true, UploadParts.USUAL);
    }

    /** One object, with so many versions. */
    private static final class Versions implements S3Client {

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
