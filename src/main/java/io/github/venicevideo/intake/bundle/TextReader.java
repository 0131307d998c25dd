package io.github.venicevideo.intake.bundle;

import io.github.venicevideo.intake.draft.BundleFile;
import io.github.venicevideo.intake.media.PlainText;
import io.github.venicevideo.intake.names.StandIn;
import io.github.venicevideo.intake.problem.Findings;
import io.github.venicevideo.intake.problem.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.Arrays;
import java.util.Optional;

/** Reads texts as strict UTF-8: a guess at another encoding would change the prompt somebody wrote. */
final class TextReader {

    private TextReader() {
    }

    private static Optional<String> read(BundleFile file, long limit, Findings findings) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file.path(), LinkOption.NOFOLLOW_LINKS)) {
            bytes = in.readNBytes((int) limit + 1);
        }
        if (bytes.length > limit) {
            findings.add(ProblemCode.FILE_TOO_LARGE, file.name(), "", "",
                    "at most " + limit / (1024 * 1024) + " MB", "Put media into files beside it.");
            return Optional.empty();
        }
        return text(file, bytes, findings);
    }

    /** The bytes of a file as a text without a byte order mark; empty, with a problem found, when they are none. */
    static Optional<String> text(BundleFile file, byte[] bytes, Findings findings) {
        if (bytes.length == 0) {
            findings.add(ProblemCode.EMPTY_FILE, file.name(), "", "", "", "Write something into it, or remove it.");
            return Optional.empty();
        }
        Optional<StandIn> standIn = StandIn.of(bytes, bytes.length, Arrays.equals(bytes, new byte[bytes.length]));
        if (standIn.isPresent()) {
            findings.add(standIn.get().code(), file.name(), "", "", "", standIn.get().hint());
            return Optional.empty();
        }
        if (looksLikeUtf16(bytes)) {
            return notUtf8(file, "It is UTF-16.", findings);
        }
        Optional<String> fault = PlainText.fault(bytes);
        if (fault.isPresent()) {
            findings.add(ProblemCode.NOT_PLAIN_TEXT, file.name(), "", "", "", fault.get());
            return Optional.empty();
        }
        int start = hasByteOrderMark(bytes) ? 3 : 0;
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes, start, bytes.length - start))
                    .toString());
        } catch (CharacterCodingException e) {
            return notUtf8(file, "", findings);
        }
    }

    /** A file's text, without the line breaks that editors put at its end. All else is kept byte for byte. */
    static Optional<String> readPrompt(BundleFile file, long limit, Findings findings) throws IOException {
        Optional<String> text = read(file, limit, findings);
        if (text.filter(PlainText::isRequest).isPresent()) {
            findings.add(ProblemCode.NOT_PLAIN_TEXT, file.name(), "", "", "", "It is a whole request, which would be read"
                    + " as the prompt: name it " + (text.get().stripLeading().startsWith("{") ? "request.json" : "request.yaml")
                    + ", or leave nothing but the prompt in it.");
            return Optional.empty();
        }
        return text.map(TextReader::withoutLastBreaks);
    }

    private static String withoutLastBreaks(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return text.substring(0, end);
    }

    private static Optional<String> notUtf8(BundleFile file, String more, Findings findings) {
        findings.add(ProblemCode.NOT_UTF8, file.name(), "", "", "UTF-8",
                (more + " Save it again as UTF-8 (in the editor: Save as, Encoding).").strip());
        return Optional.empty();
    }

    private static boolean hasByteOrderMark(byte[] bytes) {
        return bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF;
    }

    private static boolean looksLikeUtf16(byte[] bytes) {
        if (bytes.length < 2) {
            return false;
        }
        int first = bytes[0] & 0xFF;
        int second = bytes[1] & 0xFF;
        return first == 0xFE && second == 0xFF || first == 0xFF && second == 0xFE
                || first == 0 && second != 0 || first != 0 && second == 0;
    }
}
