package io.github.venicevideo.s3;

import java.util.Optional;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * How requests go to stores that do not know S3's checksums (Cloudflare R2 has none of SHA-256 for parts, older stores have
 * none at all): without any, and whoever sends them so reads back what was stored.
 */
public final class S3Checksums {

    private static final int BAD_REQUEST = 400;
    private static final int NOT_IMPLEMENTED = 501;

    private S3Checksums() {
    }

    /** Whether a store may have refused a request for the checksum that came with it. */
    public static boolean mayBeRefused(S3Exception e) {
        String code = Optional.ofNullable(e.awsErrorDetails()).map(AwsErrorDetails::errorCode).orElse("");
        return e.statusCode() == NOT_IMPLEMENTED || e.statusCode() == BAD_REQUEST && !code.equals("EntityTooSmall");
    }

    /** A request to which the SDK adds no checksum of its own accord, and whose answer it checks by none. */
    public static AwsRequestOverrideConfiguration without(Optional<AwsRequestOverrideConfiguration> configuration) {
        AwsRequestOverrideConfiguration.Builder builder = configuration.map(AwsRequestOverrideConfiguration::toBuilder)
                .orElseGet(AwsRequestOverrideConfiguration::builder);
        return builder.addPlugin(settings -> {
            if (settings instanceof S3ServiceClientConfiguration.Builder s3) {
                s3.requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
            }
        }).build();
    }
}
