package io.github.venicevideo.venice.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.venice.MediaChangedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class QueueFailureTest {

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new ConnectException("Connection refused"), false, "not-sent"),
                Arguments.of(new ConnectException("Connection refused"), true, "not-sent"),
                Arguments.of(new ConnectTimeoutException("timed out"), false, "not-sent"),
                Arguments.of(new UnknownHostException("api.venice.ai"), false, "not-sent"),
                Arguments.of(new SSLHandshakeException("certificate"), false, "not-sent"),
                Arguments.of(new SSLException("bad record"), true, "in-doubt"),
                Arguments.of(new SocketException("Connection reset"), false, "not-sent"),
                Arguments.of(new SocketException("Connection reset"), true, "in-doubt"),
                Arguments.of(new SocketTimeoutException("Read timed out"), false, "not-sent"),
                Arguments.of(new SocketTimeoutException("Read timed out"), true, "in-doubt"),
                Arguments.of(new NoHttpResponseException("closed"), true, "in-doubt"),
                Arguments.of(new RuntimeException("wrapped", new ConnectException("refused")), true, "not-sent"),
                Arguments.of(new IllegalStateException(), true, "in-doubt"),
                Arguments.of(new MediaChangedException("The file changed."), false, "media-changed"),
                Arguments.of(new MediaChangedException("The file changed."), true, "in-doubt"));
    }

    @ParameterizedTest(name = "{0}, all written: {1} -> {2}")
    @MethodSource("failures")
    void provesThatNothingWasAccepted(Throwable failure, boolean fullyWritten, String outcome) {
        assertThat(QueueFailure.of(failure, fullyWritten).key()).isEqualTo(outcome);
    }

    @Test
    void saysWhatHappened() {
        assertThat(QueueFailure.of(new RuntimeException("outer", new IOException("Broken\npipe")), true))
                .isEqualTo(new QueueOutcome.InDoubt(0, "IOException: Broken pipe"));
        assertThat(QueueFailure.of(new IllegalStateException(), true))
                .isEqualTo(new QueueOutcome.InDoubt(0, "IllegalStateException"));
    }

    @Test
    void isNotCaughtInACircle() {
        Exception one = new Exception("one");
        one.initCause(new Exception("two", one));

        assertThat(QueueFailure.of(one, true).key()).isEqualTo("in-doubt");
    }
}
