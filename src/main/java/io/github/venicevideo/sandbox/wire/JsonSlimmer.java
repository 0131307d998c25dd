package io.github.venicevideo.sandbox.wire;

import io.github.venicevideo.sandbox.call.ApiError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * One pass over JSON text that moves long strings out of the way: a string that starts with {@code data:} and is longer
 * than {@link #LONG} goes to a file of its own, unescaped, and leaves {@code sandbox-blob:<n>} behind; any other long
 * string is cut there, which is over every limit of the contract. So a parser sees a small document, whatever the size
 * of the media in it.
 */
final class JsonSlimmer {

    /** More than the longest prompt, each of its 20,000 characters written as an escape of six. */
    static final int LONG = 128 * 1024;

    static final String BLOB = "sandbox-blob:";

    private static final byte[] DATA = "data:".getBytes(StandardCharsets.US_ASCII);

    private final Supplier<Path> newFile;
    private final List<Path> blobs = new ArrayList<>();
    private final ByteArrayOutputStream slim = new ByteArrayOutputStream();

    /** The small document, and the files of its {@code sandbox-blob:<n>}, by n. */
    record Slim(byte[] json, List<Path> blobs) {
    }

    private JsonSlimmer(Supplier<Path> newFile) {
        this.newFile = newFile;
    }

    static Slim slim(InputStream text, Supplier<Path> newFile) throws IOException {
        ByteSource json = new ByteSource(text);
        JsonSlimmer slimmer = new JsonSlimmer(newFile);
        int b;
        while ((b = json.read()) >= 0) {
            slimmer.slim.write(b);
            if (b == '"') {
                slimmer.string(json);
            }
            if (slimmer.slim.size() > 64 * LONG) {
                throw ApiError.plain(400, "Request body holds too much besides media.");
            }
        }
        return new Slim(slimmer.slim.toByteArray(), slimmer.blobs);
    }

    /** Copies what follows an opening quote, up to and with the closing one. */
    private void string(ByteSource in) throws IOException {
        int start = slim.size();
        boolean escaped = false;
        boolean cut = false;
        int b;
        while ((b = in.read()) >= 0) {
            if (!cut && !escaped && slim.size() - start >= LONG) {
                if (startsWithData(start)) {
                    blob(in, start, b);
                    return;
                }
                cut = true;
            }
            boolean closing = b == '"' && !escaped;
            if (!cut || closing) {
                slim.write(b);
            }
            if (closing) {
                return;
            }
            escaped = b == '\\' && !escaped;
        }
    }

    private boolean startsWithData(int start) {
        byte[] text = slim.toByteArray();
        for (int i = 0; i < DATA.length; i++) {
            if (Character.toLowerCase(text[start + i]) != DATA[i]) {
                return false;
            }
        }
        return true;
    }

    private void blob(ByteSource in, int start, int next) throws IOException {
        byte[] text = slim.toByteArray();
        slim.reset();
        slim.write(text, 0, start);
        Path file = newFile.get();
        blobs.add(file);
        try (Unescaper unescaped = new Unescaper(Files.newOutputStream(file))) {
            for (int i = start; i < text.length; i++) {
                unescaped.write(text[i]);
            }
            int b = next;
            while (b >= 0 && !(b == '"' && !unescaped.midEscape())) {
                unescaped.write(b);
                b = in.read();
            }
        }
        slim.writeBytes((BLOB + (blobs.size() - 1) + "\"").getBytes(StandardCharsets.US_ASCII));
    }
}
