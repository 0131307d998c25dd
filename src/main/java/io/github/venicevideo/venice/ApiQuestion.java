package io.github.venicevideo.venice;

import org.apache.camel.Exchange;

/** What one kind of call asks and what its answers come to; the route template {@code venice-call} makes the call. */
public interface ApiQuestion {

    /** Puts the question into the message, whose headers are gone by then, and nothing where the call has no body. */
    void ask(Exchange exchange) throws Exception;

    /** Judges an answer, whatever its status; the message holds it, unread. */
    void judge(Exchange exchange) throws Exception;

    /** Judges a call that ended without an answer, by the exception that the exchange has caught. */
    void judgeFailure(Exchange exchange) throws Exception;
}
