package io.github.venicevideo.venice.client;

import io.github.venicevideo.venice.answer.Answer;
import java.io.IOException;

/** Sees every call that goes to the API with the key, as it goes out and as its answer begins. */
public interface CallWatch {

    /**
     * A call is about to go out; nothing of it has been sent. It ends in {@link #answered} or {@link #unanswered}.
     *
     * @throws IOException when it must not go out now
     */
    void begin(ApiCall call) throws IOException;

    /** The head of the answer is here; its body is still to come. */
    void answered(ApiCall call, Answer head);

    /**
     * The call ended without an answer.
     *
     * @param reached whether the server may have seen it
     */
    void unanswered(ApiCall call, boolean reached);
}
