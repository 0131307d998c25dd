package io.github.venicevideo.venice.request;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.venice.CleanText;
import io.github.venicevideo.venice.MediaChangedException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hc.core5.function.Supplier;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;

/**
 * The body of one {@code POST /video/queue}: JSON whose media become data URLs while they are sent, in constant
 * memory, with a length known beforehand, and repeatably (contract, "POST /video/queue").
 *
 * <p>Make a new one for every attempt. It counts what it wrote, and that count is the proof for the question
 * "may this request have been accepted?": an incomplete JSON text can't have been, so while
 * {@link #fullyWritten()} is false the request may be sent again.
 */
public final class QueueRequestEntity implements HttpEntity {

    private static final Pattern MIME_TYPE = Pattern.compile("[A-Za-z0-9.+_-]+/[A-Za-z0-9.+_-]+");

    private final List<BodySegment> segments;
    private final long length;
    private volatile long written;

    private QueueRequestEntity(List<BodySegment> segments) {
        this.segments = segments;
        this.length = segments.stream().mapToLong(BodySegment::length).sum();
    }

    /**
     * @param request the request, with an empty string wherever a medium belongs
     * @param workFolder the job's work folder, in which the media lie
     * @throws MediaChangedException where a file is missing, has another size than recorded, or lies elsewhere, and
     *                               where the media do not fit the request's fields
     */
    public static QueueRequestEntity of(VideoRequest request, Path workFolder) throws IOException {
        return of(request, workFolder, Optional.empty());
    }

    /**
     * @param consents value for the top-level field {@code consents}, in place of one the request may hold
     *                 (contract, "Consent: 409")
     */
    public static QueueRequestEntity of(VideoRequest request, Path workFolder, Optional<ObjectNode> consents)
            throws IOException {
        ObjectNode fields = request.fields();
        if (consents.isPresent()) {
            fields = fields.deepCopy();
            fields.set("consents", consents.get());
        }
        try {
            return new QueueRequestEntity(BodyRenderer.render(fields, segments(request.media(), workFolder)));
        } catch (IllegalArgumentException e) {
            // not a passing fault: the next try would end here too
            throw new MediaChangedException("The request and its media do not fit together. " + e.getMessage());
        }
    }

    private static Map<JsonPointer, BodySegment> segments(List<Media> media, Path workFolder) throws IOException {
        Map<JsonPointer, BodySegment> segments = new LinkedHashMap<>();
        for (Media medium : media) {
            if (segments.put(JsonPointer.compile(medium.field()), segment(medium, workFolder)) != null) {
                throw new IllegalArgumentException("Two media for the field " + medium.field());
            }
        }
        return segments;
    }

    private static BodySegment segment(Media medium, Path workFolder) throws IOException {
        Path file = workFolder.resolve(medium.path()).normalize();
        if (!Files.isRegularFile(file)) {
            throw new MediaChangedException("The file " + medium.path() + " for " + medium.field() + " is missing.");
        }
        if (!file.toRealPath().startsWith(workFolder.toRealPath())) {
            throw new MediaChangedException("The file " + medium.path() + " for " + medium.field()
                    + " lies outside the job's folder.");
        }
        long size = Files.size(file);
        if (size != medium.bytes()) {
            throw new MediaChangedException("The file " + medium.path() + " for " + medium.field() + " has " + size
                    + " bytes, but " + medium.bytes() + " were recorded.");
        }
        if (medium.dataUrl()) {
            return new BodySegment.Verbatim(file, medium);
        }
        if (!MIME_TYPE.matcher(medium.mimeType()).matches()) {
            throw new IllegalArgumentException("Not a MIME type for " + medium.field() + ": " + CleanText.of(medium.mimeType()));
        }
        return new BodySegment.DataUrl(file, medium);
    }

    /** The whole body in bytes, media included: what {@code Content-Length} says, and what the API's 35 MB limit means. */
    @Override
    public long getContentLength() {
        return length;
    }

    /** Bytes handed to the connection since the latest {@link #writeTo} began. May be read from any thread. */
    public long bytesWritten() {
        return written;
    }

    /** Whether every byte was handed over: only then can the server have accepted the request. */
    public boolean fullyWritten() {
        return written >= length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        written = 0;
        OutputStream counting = new Counting(out);
        for (BodySegment segment : segments) {
            segment.writeTo(counting);
        }
        out.flush();
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public boolean isStreaming() {
        return false;
    }

    @Override
    public boolean isChunked() {
        return false;
    }

    @Override
    public String getContentType() {
        return "application/json";
    }

    @Override
    public String getContentEncoding() {
        return null;
    }

    @Override
    public InputStream getContent() {
        throw new UnsupportedOperationException("A request body is written, never read back");
    }

    @Override
    public Supplier<List<? extends Header>> getTrailers() {
        return null;
    }

    @Override
    public Set<String> getTrailerNames() {
        return Set.of();
    }

    @Override
    public void close() {
        // nothing is held open between writes
    }

    @Override
    public String toString() {
        return "queue request of " + length + " bytes";
    }

    /** Counts before it hands over: a write that breaks in the middle may have sent all of its bytes. */
    private final class Counting extends FilterOutputStream {

        Counting(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            written++;
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            written += count;
            out.write(bytes, offset, count);
        }
    }
}
