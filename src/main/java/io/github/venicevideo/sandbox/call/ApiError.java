package io.github.venicevideo.sandbox.call;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A refusal in one of the API's own error shapes (contract section Errors: they vary, and so they do here). */
public final class ApiError extends RuntimeException {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final transient Reply reply;

    private ApiError(Reply reply, String message) {
        super(message, null, false, false);
        this.reply = reply;
    }

    public Reply reply() {
        return reply;
    }

    public ApiError replaced(Reply other) {
        return new ApiError(other, getMessage());
    }

    public ApiError with(String header, String value) {
        return new ApiError(reply.with(header, value), getMessage());
    }

    /** {@code {"error": "text"}}. */
    public static ApiError plain(int status, String message) {
        return of(status, message, NODES.objectNode().put("error", message));
    }

    /** {@code {"code": "CODE", "error": "text"}}. */
    public static ApiError coded(int status, String code, String message) {
        return of(status, message, NODES.objectNode().put("code", code).put("error", message));
    }

    /** {@code {"error": {"message", "type", "code"}}}. */
    public static ApiError nested(int status, String type, String code, String message) {
        ObjectNode body = NODES.objectNode();
        body.putObject("error").put("message", message).put("type", type).put("code", code);
        return of(status, message, body);
    }

    public static ApiError of(int status, String message, ObjectNode body) {
        return new ApiError(Reply.json(status, body), message);
    }
}
