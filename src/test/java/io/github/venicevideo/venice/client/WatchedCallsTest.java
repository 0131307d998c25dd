package io.github.venicevideo.venice.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.venicevideo.venice.answer.Answer;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.junit.jupiter.api.Test;

/** Every call that began ends, whatever becomes of it: one that never ended would count as on the wire for ever. */
class WatchedCallsTest {

    private final List<String> seen = new ArrayList<>();
    private final WatchedCalls calls = new WatchedCalls(new Seen(seen), Clock.systemUTC());

    @Test
    void anAnswerEndsIt() throws Exception {
        call((request, scope) -> new BasicClassicHttpResponse(200));

        assertThat(seen).containsExactly("begin QUEUE", "answered 200");
    }

    @Test
    void anErrorOfTheMachineEndsItAsOneThatMayHaveArrived() {
        assertThatThrownBy(() -> call((request, scope) -> {
            throw new OutOfMemoryError("Java heap space");
        })).isInstanceOf(OutOfMemoryError.class);

        assertThat(seen).containsExactly("begin QUEUE", "unanswered true");
    }

    @Test
    void aConnectionThatWasNeverMadeHasReachedNobody() {
        assertThatThrownBy(() -> call((request, scope) -> {
            throw new ConnectException("Connection refused");
        })).isInstanceOf(ConnectException.class);
        assertThatThrownBy(() -> call((request, scope) -> {
            throw new IOException("Connection reset");
        })).isInstanceOf(IOException.class);

        assertThat(seen).containsExactly("begin QUEUE", "unanswered false", "begin QUEUE", "unanswered true");
    }

    private void call(ExecChain chain) throws Exception {
        calls.execute(new BasicClassicHttpRequest("POST", "/api/v1/video/queue"), null, chain);
    }

    private record Seen(List<String> seen) implements CallWatch {

        @Override
        public void begin(ApiCall call) {
            seen.add("begin " + call.name());
        }

        @Override
        public void answered(ApiCall call, Answer head) {
            seen.add("answered " + head.status());
        }

        @Override
        public void unanswered(ApiCall call, boolean reached) {
            seen.add("unanswered " + reached);
        }
    }
}
