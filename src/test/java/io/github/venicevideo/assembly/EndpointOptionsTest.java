package io.github.venicevideo.assembly;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.venicevideo.api.InvalidSettingException;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An endpoint's options are looked at before work begins, and no value of theirs is ever shown. */
class EndpointOptionsTest {

    private static final String SECRET = "hunter2";

    private final EndpointOptions options = EndpointOptions.ofProgram(new DefaultCamelContext());

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            aws2-s3://inbox?secretKy=hunter2&accessKey=AK                | secretKy  | secretKey is one
            aws2-s3://inbox?secret-key=RAW(hunter2)                      | secret-key | secretKey is one
            sftp://me@files.example.org/inbox?pasword=hunter2            | pasword   | password is one
            sftp://me:hunter2@files.example.org/inbox?nonsense=hunter2   | nonsense  | which sftp does not have
            aws2-s3://inbox?useDefaultCredentialsProvider=hunter2        | useDefaultCredentialsProvider | true or false
            aws2-s3://inbox?partSize=hunter2                             | partSize  | a number
            sftp://me@files.example.org/inbox?soTimeout=hunter2          | soTimeout | a number
            file:/srv/videos?fileExist=hunter2                           | fileExist | one of [
            aws2-s3://inbox?secretKey=hunter2&&=x                        |           | RAW( ) around a secret
            sftp://me@files.example.org/inbox?password=a&hunter2=b       |           | RAW( ) around a secret
            """)
    void anOptionThatCannotBeUsedIsNamedAndItsValueIsNot(String uri, String option, String said) {
        assertThatThrownBy(() -> options.check("venice.destinations.archive", uri))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("Setting venice.destinations.archive=… cannot be used: it needs ")
                .hasMessageContaining(option == null ? "" : "option " + option).hasMessageContaining(said)
                .message().doesNotContain(SECRET);
    }

    @ParameterizedTest
    @CsvSource({"useCustomerKey=true&customerKeyId=hunter2, useCustomerKey", "deleteAfterWrite=true, deleteAfterWrite",
        "operation=putObject, operation", "streamingUploadMode=true, streamingUploadMode", "pojoRequest=true, pojoRequest",
        "useCustomerKey={{key}}, useCustomerKey"})
    void whatWouldKeepABucketFromBeingWrittenToAsItMustIsRefused(String given, String option) {
        for (String setting : List.of("venice.destinations.archive", "venice.staging.uri")) {
            assertThatThrownBy(() -> options.check(setting, "aws2-s3://inbox?region=eu-central-1&" + given))
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessageStartingWith("Setting " + setting + "=… cannot be used: it needs no option " + option)
                    .message().doesNotContain(SECRET);
        }
    }

    @Test
    void aSourceMayHaveThem() {
        assertThatCode(() -> options.check("venice.drop.sources.inbox", "aws2-s3://inbox?useCustomerKey=true"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "aws2-s3://inbox?useCustomerKey=false&deleteAfterWrite=FALSE",
        "aws2-s3://inbox?secretKey=RAW(a&b=%c)&accessKey=AK&region=eu-central-1&delay=5s&greedy=true",
        "aws2-s3://inbox?amazonS3Client=#mine&partSize={{part}}&storageClass=STANDARD_IA",
        "sftp://me@files.example.org/inbox?strictHostKeyChecking=yes&move=.taken&delay=500&scheduler.xy=1",
        "direct:my-store", "kafka-of-the-host:videos?whatever=x", "http://127.0.0.1:1?any=thing"})
    void whatCamelTakesIsTaken(String uri) {
        assertThatCode(() -> options.check("venice.destinations.archive", uri)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
            "aws-s3://archive?secretKey=hunter2, aws-s3:; aws2-s3 is one",
            "SFPT://me:hunter2@files.example.org/in, SFPT:; sftp is one",
            "SFTP://me@files.example.org/in, SFTP:; sftp is one",
            "carrier-pigeon:roof, carrier-pigeon:; docs/integrators.md"})
    void aComponentThatIsNotThereIsSaidAtTheStart(String uri, String said) {
        assertThatThrownBy(() -> options.checkComponent("venice.destinations.archive", uri))
                .isInstanceOf(InvalidSettingException.class).hasMessageContaining("venice.destinations.archive")
                .hasMessageContaining("there is none for " + said).message().doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws2-s3://archive", "file:/srv/videos", "sftp://me@files.example.org/in", "direct:own", "{{where}}:x"})
    void aComponentThatIsThereIsFound(String uri) {
        assertThatCode(() -> options.checkComponent("venice.destinations.archive", uri)).doesNotThrowAnyException();
    }

    @Test
    void aHostMayBringAComponentLater() {
        assertThatCode(() -> EndpointOptions.ofHost(new DefaultCamelContext())
                .checkComponent("venice.destinations.own", "of-the-host:place")).doesNotThrowAnyException();
    }

    @Test
    void aUriWithoutOptionsNeedsNone() {
        assertThatCode(() -> options.check("venice.staging.uri", "aws2-s3://staging")).doesNotThrowAnyException();
    }
}
