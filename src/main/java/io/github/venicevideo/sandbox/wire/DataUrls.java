package io.github.venicevideo.sandbox.wire;

import io.github.venicevideo.sandbox.call.Media;
import io.github.venicevideo.sandbox.call.MediaFamily;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;

/** Reads media values: checks URLs, decodes data URLs to files in constant memory. */
public final class DataUrls {

    /** Put anywhere into an image or a video, these bytes make the sandbox see a face in it. */
    public static final String FACE = "VENICE-SANDBOX-FACE";
    /** Likewise, a minor in a way that no consent overrides. */
    public static final String MINOR = "VENICE-SANDBOX-MINOR";

    private static final int LONGEST_HEAD = 200;
    /** Base64 characters at a time: a multiple of 4, so that each chunk can be decoded by itself. */
    private static final int CHUNK = 32 * 1024;
    private static final Pattern HEAD = Pattern.compile("data:([a-z0-9.+-]+/[a-z0-9.+-]+)(;[a-z0-9=._-]+)*;base64",
            Pattern.CASE_INSENSITIVE);

    private final Supplier<Path> newFile;
    private final List<Path> blobs;

    /** @param blobs files of the long data URLs, by their number in {@code sandbox-blob:<n>} */
    DataUrls(Supplier<Path> newFile, List<Path> blobs) {
        this.newFile = newFile;
        this.blobs = blobs;
    }

    Media read(String pointer, String field, MediaFamily family, String value) throws IOException {
        if (value.startsWith(JsonSlimmer.BLOB)) {
            Path blob = blobs.get(Integer.parseInt(value.substring(JsonSlimmer.BLOB.length())));
            try (InputStream in = Files.newInputStream(blob)) {
                return decode(pointer, field, family, new BufferedInputStream(in));
            } finally {
                Files.delete(blob);
            }
        }
        if (value.regionMatches(true, 0, "data:", 0, 5)) {
            return decode(pointer, field, family, new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8)));
        }
        return url(pointer, field, family, value);
    }

    private static Media url(String pointer, String field, MediaFamily family, String value) {
        try {
            URI uri = URI.create(value);
            if (uri.getRawAuthority() != null && uri.getScheme() != null && uri.getScheme().matches("(?i)https?")) {
                String upper = value.toUpperCase(Locale.ROOT);
                return new Media(pointer, field, family, "", null, 0, "", upper.contains(FACE), upper.contains(MINOR),
                        null);
            }
        } catch (IllegalArgumentException e) {
            // falls through: not a URL
        }
        return Media.broken(pointer, field, family, "Must be an http(s) URL or a base64 data URL");
    }

    private Media decode(String pointer, String field, MediaFamily family, InputStream in) throws IOException {
        String head = head(in);
        var matcher = HEAD.matcher(head);
        if (!matcher.matches()) {
            return Media.broken(pointer, field, family, "Invalid data URL: expected data:<type>;base64,<data>");
        }
        String label = matcher.group(1).toLowerCase(Locale.ROOT);
        Path file = newFile.get();
        MessageDigest sha = DigestUtils.getSha256Digest();
        MarkerScan face = new MarkerScan(FACE);
        MarkerScan minor = new MarkerScan(MINOR);
        long bytes = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] text = new byte[CHUNK];
            byte[] decoded = new byte[CHUNK / 4 * 3];
            boolean ended = false;
            int n;
            while ((n = in.readNBytes(text, 0, CHUNK)) > 0) {
                int length = Base64.getDecoder().decode(n == CHUNK ? text : Arrays.copyOf(text, n), decoded);
                if (ended) {
                    throw new IllegalArgumentException("data after the padding");
                }
                ended = length < decoded.length;
                bytes += length;
                sha.update(decoded, 0, length);
                face.scan(decoded, length);
                minor.scan(decoded, length);
                out.write(decoded, 0, length);
            }
        } catch (IllegalArgumentException notBase64) {
            Files.delete(file);
            return Media.broken(pointer, field, family, "Invalid base64 data");
        }
        if (bytes == 0) {
            Files.delete(file);
            return Media.broken(pointer, field, family, "Empty data URL");
        }
        return new Media(pointer, field, family, label, file, bytes, HexFormat.of().formatHex(sha.digest()),
                face.found(), minor.found(), null);
    }

    /** What stands before the comma; the stream is left behind it. */
    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int b;
        while ((b = in.read()) >= 0 && b != ',' && head.size() < LONGEST_HEAD) {
            head.write(b);
        }
        return b == ',' ? head.toString(StandardCharsets.UTF_8) : "";
    }
}
