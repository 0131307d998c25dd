package io.github.venicevideo.venice.answer;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** A body of which the first bytes were looked at, and can be read again: they say what it is, whatever it calls itself. */
final class FirstBytes extends PushbackInputStream {

    private static final int SEEN = 12;
    private static final Set<String> BOXES = Set.of("ftyp", "styp", "moov", "moof", "mdat", "free", "skip", "wide", "pnot", "uuid");

    private final byte[] first;

    private FirstBytes(InputStream in, byte[] first) throws IOException {
        super(in, SEEN);
        this.first = first;
        unread(first);
    }

    /** @throws IOException when the body breaks off before there are so many */
    static FirstBytes of(InputStream in) throws IOException {
        return new FirstBytes(in, in.readNBytes(SEEN));
    }

    /** The content type that the bytes tell of; empty where they tell nothing. */
    Optional<String> type() {
        String text = new String(first, StandardCharsets.ISO_8859_1);
        if (first.length >= 8 && BOXES.contains(text.substring(4, 8))) {
            return Optional.of("video/mp4");
        }
        String start = text.replaceFirst("^\u00ef\u00bb\u00bf", "").stripLeading();
        return start.startsWith("{") ? Optional.of("application/json")
                : start.startsWith("<") ? Optional.of("text/html") : Optional.empty();
    }

    InputStream underneath() {
        return in;
    }
}
