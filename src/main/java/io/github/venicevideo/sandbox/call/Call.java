package io.github.venicevideo.sandbox.call;

/** The calls of the API, as the contract's table lists them; what faults and the request log are keyed by. */
public enum Call {
    QUEUE("POST", "/api/v1/video/queue"),
    QUOTE("POST", "/api/v1/video/quote"),
    RETRIEVE("POST", "/api/v1/video/retrieve"),
    COMPLETE("POST", "/api/v1/video/complete"),
    MODELS("GET", "/api/v1/models"),
    RATE_LIMITS("GET", "/api/v1/api_keys/rate_limits"),
    BALANCE("GET", "/api/v1/billing/balance"),
    /** GET of a {@code download_url}, on the download port. */
    DOWNLOAD("GET", null),
    /** DELETE of a {@code download_url}. */
    REVOKE("DELETE", null),
    /** Anything else. */
    UNKNOWN(null, null);

    /** Below it lie the videos of private models, on the download port. */
    public static final String DOWNLOADS = "/videos/";

    private final String method;
    private final String path;

    Call(String method, String path) {
        this.method = method;
        this.path = path;
    }

    public String method() {
        return method;
    }

    public static Call ofApi(String method, String path) {
        for (Call call : values()) {
            if (call.path != null && call.path.equals(path) && call.method.equals(method)) {
                return call;
            }
        }
        return UNKNOWN;
    }

    /** The call at this path whatever the method, to tell 405 from 404. */
    public static Call atPath(String path) {
        for (Call call : values()) {
            if (call.path != null && call.path.equals(path)) {
                return call;
            }
        }
        return UNKNOWN;
    }

    public static Call ofDownload(String method, String path) {
        if (!path.startsWith(DOWNLOADS)) {
            return UNKNOWN;
        }
        return switch (method) {
            case "GET" -> DOWNLOAD;
            case "DELETE" -> REVOKE;
            default -> UNKNOWN;
        };
    }
}
