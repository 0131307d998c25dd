package io.github.venicevideo.venice.request;

import io.github.venicevideo.venice.MediaChangedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.apache.commons.codec.digest.DigestUtils;

/** A part of a request body whose length is known before any of it is written. */
sealed interface BodySegment {

    /** Buffer for raw bytes: a multiple of three, so that a full one becomes base64 without padding (64 KB of it). */
    int RAW_BUFFER = 48 * 1024;

    /** Bytes this part adds to the body. */
    long length();

    void writeTo(OutputStream out) throws IOException;

    /** JSON text around and between the media. */
    record Text(byte[] bytes) implements BodySegment {
        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write(bytes);
        }
    }

    /** A file as a data URL, encoded while it is written. */
    record DataUrl(Path file, Media media) implements BodySegment {

        private byte[] prefix() {
            return ("data:" + media.mimeType() + ";base64,").getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public long length() {
            return prefix().length + (media.bytes() + 2) / 3 * 4;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write(prefix());
            byte[] raw = new byte[RAW_BUFFER];
            byte[] encoded = new byte[RAW_BUFFER / 3 * 4];
            MessageDigest digest = DigestUtils.getSha256Digest();
            Base64.Encoder encoder = Base64.getEncoder();
            long left = media.bytes();
            try (InputStream in = Files.newInputStream(file)) {
                while (left > 0) {
                    int wanted = (int) Math.min(left, raw.length);
                    if (in.readNBytes(raw, 0, wanted) < wanted) {
                        throw changed(media, "it has become shorter");
                    }
                    left -= wanted;
                    digest.update(raw, 0, wanted);
                    int length = wanted == raw.length
                            ? encoder.encode(raw, encoded)
                            : encoder.encode(Arrays.copyOf(raw, wanted), encoded);
                    out.write(encoded, 0, length);
                }
                if (in.read() >= 0) {
                    throw changed(media, "it has become longer");
                }
            }
            // Checked before the closing text is written, so that other bytes than the attested ones never make a valid body.
            if (media.sha256() != null && !media.sha256().equals(HexFormat.of().formatHex(digest.digest()))) {
                throw changed(media, "its bytes have changed");
            }
        }
    }

    /** A file that already holds a data URL as text. */
    record Verbatim(Path file, Media media) implements BodySegment {

        @Override
        public long length() {
            return media.bytes();
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            byte[] text = new byte[RAW_BUFFER];
            DataUrlDigest digest = new DataUrlDigest(DigestUtils.getSha256Digest());
            long left = media.bytes();
            try (InputStream in = Files.newInputStream(file)) {
                while (left > 0) {
                    int wanted = (int) Math.min(left, text.length);
                    if (in.readNBytes(text, 0, wanted) < wanted) {
                        throw changed(media, "it has become shorter");
                    }
                    left -= wanted;
                    requireUrlText(text, wanted);
                    take(digest, text, wanted);
                    out.write(text, 0, wanted);
                }
                if (in.read() >= 0) {
                    throw changed(media, "it has become longer");
                }
            }
            // As for a file: other bytes than the attested ones never make a valid body.
            if (media.sha256() != null && !media.sha256().equals(hex(digest))) {
                throw changed(media, "its bytes have changed");
            }
        }

        private void take(DataUrlDigest digest, byte[] text, int length) throws IOException {
            try {
                digest.update(text, length);
            } catch (IllegalArgumentException e) {
                throw changed(media, "its bytes have changed");
            }
        }

        private String hex(DataUrlDigest digest) throws IOException {
            try {
                return digest.hex();
            } catch (IllegalArgumentException e) {
                throw changed(media, "its bytes have changed");
            }
        }

        /** A quote, a backslash or a line break would end the JSON string, or change the request around it. */
        private void requireUrlText(byte[] text, int length) throws IOException {
            for (int i = 0; i < length; i++) {
                byte c = text[i];
                if (c <= ' ' || c == '"' || c == '\\' || c == 0x7f) {
                    throw changed(media, "it is not the text of a data URL");
                }
            }
        }
    }

    private static MediaChangedException changed(Media media, String how) {
        return new MediaChangedException("The file " + media.path() + " for " + media.field()
                + " is not what was recorded: " + how + ".");
    }
}
