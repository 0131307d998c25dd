package io.github.venicevideo.console;

import io.github.venicevideo.ledger.AnswerRefusedException;
import io.github.venicevideo.venice.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns the body of a console route into its answer. Without it Camel would send the call's own headers back. */
public final class ConsoleAnswer {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleAnswer.class);
    private static final String ANSWERED = "veniceAnswered";
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int INTERNAL_ERROR = 500;

    /** Answers with the body as JSON, unless it was answered already; records, maps and lists are written as such. */
    public void json(Exchange exchange) throws IOException {
        if (exchange.getProperty(ANSWERED) == null) {
            write(exchange.getMessage(), OK, exchange.getMessage().getBody());
        }
    }

    /** Answers with a table for spreadsheets. */
    static void csv(Exchange exchange, String table) {
        write(exchange.getMessage(), OK, "text/csv; charset=utf-8; header=present", table.getBytes(StandardCharsets.UTF_8));
    }

    /** Answers a call that was refused, or went wrong, with {@code {"error": "a sentence"}}. */
    public void failure(Exchange exchange) throws IOException {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        if (failure instanceof ConsoleRefusal refusal) {
            write(exchange.getMessage(), refusal.status(), Map.of("error", refusal.getMessage()));
        } else if (failure instanceof AnswerRefusedException) {
            write(exchange.getMessage(), BAD_REQUEST, Map.of("error", failure.getMessage()));
        } else {
            LOG.error("A call of the console went wrong", failure);
            write(exchange.getMessage(), INTERNAL_ERROR, Map.of("error", "It went wrong; the log says why."));
        }
    }

    static void write(Message answer, int status, Object body) throws IOException {
        write(answer, status, "application/json", Json.pretty(body));
    }

    static void write(Message answer, int status, String type, byte[] body) {
        answer.getExchange().setProperty(ANSWERED, true);
        answer.removeHeaders("*");
        answer.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        answer.setHeader(Exchange.CONTENT_TYPE, type);
        answer.setHeader("X-Content-Type-Options", "nosniff");
        answer.setBody(body);
    }
}
