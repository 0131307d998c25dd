package io.github.venicevideo.venice.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.venicevideo.venice.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which media of a request are given as URLs, so that its body fits (contract: "JSON bodies of at most 35 MB"). */
public final class StagingPlan {

    /** Most bytes of a body; the API says "35 MB", and the smaller reading of it is safe under both. */
    public static final long MOST_BODY_BYTES = 35_000_000L;

    /** A URL in place of a medium, with the longest credentials that it may hold. */
    private static final long URL_BYTES = 4_000;

    private StagingPlan() {
    }

    /**
     * The media to stage: all; or the largest ones, until the rest fits.
     *
     * @param limit most bytes of the body
     */
    public static List<Media> of(VideoRequest request, boolean all, long limit) throws IOException {
        if (all) {
            return request.media();
        }
        Set<Media> staged = new LinkedHashSet<>();
        long length = length(request);
        for (Media medium : request.media().stream()
                .sorted(Comparator.comparingLong((Media medium) -> length(medium)).reversed()).toList()) {
            if (length <= limit || length(medium) <= URL_BYTES) {
                break;
            }
            staged.add(medium);
            length += URL_BYTES - length(medium);
        }
        return request.media().stream().filter(staged::contains).toList();
    }

    /** Bytes of the body when these of its media are URLs. */
    public static long length(VideoRequest request, List<Media> staged) throws IOException {
        return length(request) + staged.stream().mapToLong(medium -> URL_BYTES - length(medium)).sum();
    }

    /** Bytes of the whole body, all media in it. */
    public static long length(VideoRequest request) throws IOException {
        Counter counter = new Counter();
        try {
            // As it will be sent: numbers are written out in full.
            Json.mapper().writeValue(counter, request.fields());
        } catch (JsonProcessingException e) {
            // One that has too many digits to be written out, which was found before this.
            counter.count += JsonMapper.builder().build().writeValueAsBytes(request.fields()).length;
        }
        return counter.count + request.media().stream().mapToLong(StagingPlan::length).sum();
    }

    /** Bytes of one medium's data URL, without the quotes around it. */
    public static long length(Media medium) {
        return medium.dataUrl()
                ? medium.bytes()
                : "data:".length() + medium.mimeType().length() + ";base64,".length() + (medium.bytes() + 2) / 3 * 4;
    }

    private static final class Counter extends OutputStream {
        private long count;

        @Override
        public void write(int b) {
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            count += length;
        }
    }
}
