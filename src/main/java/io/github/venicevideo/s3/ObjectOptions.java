package io.github.venicevideo.s3;

import java.util.Optional;
import org.apache.camel.component.aws2.s3.AWS2S3Configuration;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * How the options of a bucket's endpoint have its objects kept.
 *
 * @param encryption by the store's own key, or by one of its key service
 * @param kmsKeyId of that service; where it is empty, the service's own for the bucket
 */
public record ObjectOptions(Optional<ServerSideEncryption> encryption, Optional<String> kmsKeyId, Optional<String> storageClass) {

    /** As the bucket's own rules say. */
    public static final ObjectOptions NONE = new ObjectOptions(Optional.empty(), Optional.empty(), Optional.empty());

    public static ObjectOptions of(AWS2S3Configuration endpoint) {
        Optional<ServerSideEncryption> encryption = endpoint.isUseAwsKMS() ? Optional.of(ServerSideEncryption.AWS_KMS)
                : Optional.of(ServerSideEncryption.AES256).filter(own -> endpoint.isUseSSES3());
        return new ObjectOptions(encryption, Optional.ofNullable(endpoint.getAwsKMSKeyId()).filter(key -> endpoint.isUseAwsKMS()),
                Optional.ofNullable(endpoint.getStorageClass()));
    }

    public void addTo(PutObjectRequest.Builder put) {
        encryption.ifPresent(put::serverSideEncryption);
        kmsKeyId.ifPresent(put::ssekmsKeyId);
        storageClass.ifPresent(put::storageClass);
    }

    void addTo(CreateMultipartUploadRequest.Builder create) {
        encryption.ifPresent(create::serverSideEncryption);
        kmsKeyId.ifPresent(create::ssekmsKeyId);
        storageClass.ifPresent(create::storageClass);
    }
}
