package io.github.venicevideo.intake.bundle;

import io.github.venicevideo.intake.draft.BundleFile;
import io.github.venicevideo.intake.draft.LongData;
import io.github.venicevideo.intake.problem.Findings;
import io.github.venicevideo.intake.problem.ProblemCode;
import io.github.venicevideo.intake.problem.ReadLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.Optional;

/**
 * Reads a manifest's text without the long base64 in it, which goes to files on the way. What is held is bounded before anything takes
 * it apart, however long the file is.
 */
final class ManifestText {

    private final BundleFile file;
    private final ReadLimits limits;
    private final Unpacked unpacked;
    private final LongData data;

    ManifestText(BundleFile file, ReadLimits limits, Unpacked unpacked, LongData data) {
        this.file = file;
        this.limits = limits;
        this.unpacked = unpacked;
        this.data = data;
    }

    /** The text; empty, with a problem found, when it is too long, or no text. */
    Optional<String> read(Findings findings) throws IOException {
        if (Files.size(file.path()) > limits.manifestBytes()) {
            return tooLarge(findings);
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (InputStream in = Files.newInputStream(file.path(), LinkOption.NOFOLLOW_LINKS)) {
            new Scan(in, text).run();
        }
        return text.size() > limits.manifestText() ? tooLarge(findings) : TextReader.text(file, text.toByteArray(), findings);
    }

    private Optional<String> tooLarge(Findings findings) {
        findings.add(ProblemCode.FILE_TOO_LARGE, file.name(), "", "", "at most " + megabytes(limits.manifestBytes()) + " MB, and "
                + megabytes(limits.manifestText()) + " MB of it beside the base64 of data URLs", "Put media into files beside it.");
        return Optional.empty();
    }

    private static long megabytes(long bytes) {
        return bytes / (1024 * 1024);
    }

    /** Goes through the bytes once. */
    private final class Scan {

        private static final long BEFORE_DATA = 0x62_61_73_65_36_34_2cL; // base64,
        private static final long SEVEN_BYTES = 0xff_ff_ff_ff_ff_ff_ffL;

        private final InputStream in;
        private final ByteArrayOutputStream text;
        private final byte[] piece = new byte[65_536];
        private int at;
        private int end;

        Scan(InputStream in, ByteArrayOutputStream text) {
            this.in = in;
            this.text = text;
        }

        void run() throws IOException {
            long last = 0;
            while (has(1) && text.size() <= limits.manifestText()) {
                int b = piece[at++];
                text.write(b);
                last = (last << 8 | Character.toLowerCase(b) & 0xff) & SEVEN_BYTES;
                if (last == BEFORE_DATA && !data.isFull()) {
                    base64();
                }
            }
        }

        private void base64() throws IOException {
            byte[] first = new byte[limits.inlineDataUrl()];
            int length = 0;
            while (length < first.length && isBase64()) {
                first[length++] = piece[at++];
            }
            if (length < first.length) {
                text.write(first, 0, length);
            } else {
                text.writeBytes(data.keep(unpacked.write("data", out -> {
                    out.write(first);
                    rest(out);
                })).getBytes(StandardCharsets.US_ASCII));
            }
        }

        private void rest(OutputStream out) throws IOException {
            byte[] some = new byte[piece.length];
            int length = 0;
            while (isBase64()) {
                some[length++] = piece[at++];
                if (length == some.length) {
                    out.write(some);
                    length = 0;
                }
            }
            out.write(some, 0, length);
        }

        private boolean isBase64() throws IOException {
            if (!has(1)) {
                return false;
            }
            int b = piece[at];
            if (b == '\\' && file.isJson() && has(2) && piece[at + 1] == '/') {
                // As some write it in JSON; it means the same.
                at++;
                return true;
            }
            return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '+' || b == '/' || b == '=';
        }

        private boolean has(int count) throws IOException {
            while (end - at < count) {
                System.arraycopy(piece, at, piece, 0, end - at);
                end -= at;
                at = 0;
                int read = in.read(piece, end, piece.length - end);
                if (read < 0) {
                    return false;
                }
                end += read;
            }
            return true;
        }
    }
}
