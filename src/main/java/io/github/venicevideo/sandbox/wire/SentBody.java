package io.github.venicevideo.sandbox.wire;

import io.github.venicevideo.sandbox.call.DroppedConnection;
import io.github.venicevideo.sandbox.call.Reply;
import io.github.venicevideo.sandbox.fault.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.locks.LockSupport;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/**
 * An answer's body on its way out, with its length announced unless a fault has it otherwise, and with whatever shall go wrong
 * underway.
 */
final class SentBody extends AbstractHttpEntity {

    private static final int CHUNK = 16 * 1024;

    private final Reply reply;
    private final Fault fault;

    /** @param fault one that strikes while sending; null for none */
    SentBody(Reply reply, Fault fault) {
        super(ContentType.parse(reply.contentType()), null, fault instanceof Fault.Unmeasured);
        this.reply = reply;
        this.fault = fault;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        try (InputStream in = reply.open()) {
            if (fault instanceof Fault.Truncate truncate) {
                copy(in, out, truncate.afterBytes());
                out.flush();
                throw new DroppedConnection("truncated on demand");
            } else if (fault instanceof Fault.Slow slow) {
                trickle(in, out, slow.bytesPerSecond());
            } else if (fault instanceof Fault.Wait wait) {
                copy(in, out, wait.afterBytes());
                out.flush();
                wait.hold().pass();
            }
            copy(in, out, Long.MAX_VALUE);
            if (fault instanceof Fault.Unmeasured unmeasured) {
                byte[] zeros = new byte[CHUNK];
                for (long left = unmeasured.bytes() - reply.length(); left > 0; left -= CHUNK) {
                    out.write(zeros, 0, (int) Math.min(CHUNK, left));
                }
            }
        }
    }

    private static void copy(InputStream in, OutputStream out, long most) throws IOException {
        byte[] chunk = new byte[CHUNK];
        long left = most;
        int n;
        while (left > 0 && (n = in.read(chunk, 0, (int) Math.min(CHUNK, left))) >= 0) {
            out.write(chunk, 0, n);
            left -= n;
        }
    }

    /** Ten portions a second. */
    private static void trickle(InputStream in, OutputStream out, int bytesPerSecond) throws IOException {
        int portion = Math.max(1, bytesPerSecond / 10);
        byte[] bytes;
        while ((bytes = in.readNBytes(portion)).length > 0) {
            out.write(bytes);
            out.flush();
            LockSupport.parkNanos(100_000_000L);
        }
    }

    @Override
    public long getContentLength() {
        try {
            return fault instanceof Fault.Unmeasured ? -1 : reply.length();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public InputStream getContent() throws IOException {
        return reply.open();
    }

    @Override
    public boolean isStreaming() {
        return false;
    }

    @Override
    public void close() {
        // nothing is held open
    }
}
