package io.github.venicevideo.sandbox.api;

import io.github.venicevideo.sandbox.call.ApiError;
import io.github.venicevideo.sandbox.call.Call;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/** The {@code download_url}s of private models, and how often each was used. */
public final class DownloadLinks {

    private final SecureRandom random = new SecureRandom();
    private final IntSupplier port;
    private final int most;
    private final Map<String, Integer> uses = new ConcurrentHashMap<>();
    private volatile boolean upscales;

    public DownloadLinks(IntSupplier port, int most) {
        this.port = port;
        this.most = most;
    }

    /** A query string that a client spoils when it decodes and encodes it anew. */
    String newQuery() {
        byte[] secret = new byte[24];
        random.nextBytes(secret);
        return "X-Amz-Credential=sandbox%2F20260101%2Feu%2Fs3&sig=" + Base64.getUrlEncoder().encodeToString(secret)
                + "%2F+%2B%3d==&response-content-disposition=attachment%3B%20filename%3D%22video.mp4%22";
    }

    /** Has finished upscales answered with a {@code url}, as the guide says, or with the video, as the schema does. */
    public void forUpscales(boolean linked) {
        upscales = linked;
    }

    boolean forUpscales() {
        return upscales;
    }

    public String url(Job job) {
        return "http://127.0.0.1:" + port.getAsInt() + Call.DOWNLOADS + job.queueId() + ".mp4?" + job.query();
    }

    /** @throws ApiError 429 just after the last permitted GET, 410 from then on */
    void countUse(Job job) {
        int use = uses.merge(job.queueId(), 1, Integer::sum);
        if (use > most + 1) {
            throw ApiError.plain(410, "This download link is used up.");
        } else if (use > most) {
            throw ApiError.plain(429, "Too many downloads of this link.").with("Retry-After", "5");
        }
    }
}
