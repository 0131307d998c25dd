package io.github.venicevideo.venice.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What stands in the way of an endpoint is a sentence that says where, why and what to do, and holds no secret. */
class EndpointTroubleTest {

    private static final String SETTING = "venice.destinations.archive";
    private static final String BUCKET = "aws2-s3://my-bucket?accessKey=AKIA1&secretKey=RAW(s3cr&t)";

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "403 | SignatureDoesNotMatch | refuses the credentials for bucket my-bucket (HTTP 403 SignatureDoesNotMatch)",
            "404 | NoSuchBucket          | There is no bucket my-bucket",
            "404 | NoSuchUpload          | no longer knows the upload to bucket my-bucket",
            "301 | PermanentRedirect     | Check region",
            "400 | EntityTooSmall        | Set partSize of venice.destinations.archive",
            "412 | PreconditionFailed    | It is not overwritten",
            "501 | NotImplemented        | conditionalWritesEnabled=false",
            "503 | SlowDown              | cannot take anything for bucket my-bucket now (HTTP 503 SlowDown)"})
    void whatAStoreAnswers(int status, String code, String said) {
        Exception exception = S3Exception.builder().statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build()).build();

        assertThat(EndpointTrouble.sending(SETTING, BUCKET, new IllegalStateException("wrapped", exception))).contains(said);
    }

    @Test
    void credentialsThatAreNotFound() {
        assertThat(EndpointTrouble.sending(SETTING, BUCKET, SdkClientException.create("Unable to load credentials from any of the"
                + " providers in the chain"))).contains("No credentials", "bucket my-bucket", "venice.destinations.archive");
    }

    @Test
    void credentialsThatTheUriDoesNotName() {
        assertThat(EndpointTrouble.using("venice.staging.uri", "aws2-s3://my-bucket", new IllegalArgumentException(
                "useDefaultCredentialsProvider is set to false, Amazon S3 client or accessKey and secretKey must be specified")))
                .contains("No credentials", "bucket my-bucket", "venice.staging.uri");
    }

    @Test
    void aServerThatIsAway() {
        assertThat(EndpointTrouble.sending(SETTING, BUCKET, SdkClientException.create("Unable to execute HTTP request",
                new ConnectException("Connection refused")))).contains("bucket my-bucket cannot be reached");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "sftp://videos:p4ss@host/dir",
            "sftp://videos@host/dir?password=RAW(p4ss)",
            "sftp:videos@host/dir?privateKeyPassphrase=p4ss&x=y",
            "ftp://host?username=u&password=p4ss",
            "https://host/x?token=p4ss"})
    void noSecretOfTheUriIsInIt(String uri) {
        String said = EndpointTrouble.sending("venice.destinations.own", uri, new IOException("530 USER u PASS p4ss " + uri));

        assertThat(said).doesNotContain("p4ss");
    }
}
