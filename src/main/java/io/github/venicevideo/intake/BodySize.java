package io.github.venicevideo.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.Media;
import io.github.venicevideo.venice.VideoRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;

/** How large the body of a request will be, before anything is encoded or sent. */
final class BodySize {

    private static final int NAMED = 3;

    private final long limit;

    /** @param limit most bytes of a body */
    BodySize(long limit) {
        this.limit = limit;
    }

    /** The bytes of the body; with a problem found, when they are too many. */
    long check(VideoRequest request, String file, Findings findings) throws IOException {
        long bytes = of(request);
        if (bytes <= limit) {
            return bytes;
        }
        String largest = request.media().stream()
                .sorted(Comparator.comparingLong((Media medium) -> of(medium)).reversed())
                .limit(NAMED)
                .map(medium -> MediaSpots.Spot.pathOf(medium.field()) + " " + megabytes(of(medium)))
                .collect(Collectors.joining(", "));
        findings.add(ProblemCode.BODY_TOO_LARGE, file, "", megabytes(bytes), "at most " + megabytes(limit),
                "Media grow by a third on the way. " + (largest.isEmpty() ? "" : "The largest: " + largest + ". ")
                        + "Make them smaller, leave some out, or give them as https:// URLs.");
        return bytes;
    }

    /** Bytes of the whole body. */
    long of(VideoRequest request) throws IOException {
        Counter counter = new Counter();
        try {
            // As it will be sent: numbers are written out in full.
            Json.mapper().writeValue(counter, request.fields());
        } catch (JsonProcessingException e) {
            // One that has too many digits to be written out, which was found before this.
            counter.count += JsonMapper.builder().build().writeValueAsBytes(request.fields()).length;
        }
        return counter.count + request.media().stream().mapToLong(BodySize::of).sum();
    }

    /** Bytes of one medium's data URL, without the quotes around it. */
    static long of(Media medium) {
        return medium.dataUrl()
                ? medium.bytes()
                : "data:".length() + medium.mimeType().length() + ";base64,".length() + (medium.bytes() + 2) / 3 * 4;
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
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
