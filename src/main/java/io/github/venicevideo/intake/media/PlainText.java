package io.github.venicevideo.intake.media;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells what a file is that calls itself a text and is none that a person wrote for a model to read. */
public final class PlainText {

    private static final String TEXT_EDIT = "In TextEdit: Format, Make Plain Text; then save it again.";
    private static final String WORD = "Open it, and save it as plain text (Save as, Plain Text, UTF-8).";
    private static final String COPY = "Copy the words out of it into a new plain text.";
    private static final int HEAD = 1_024;

    private static final Pattern HTML = Pattern.compile(
            "(?s)(<!--.*?-->|<\\?xml[^>]*>|\\s)*<(!doctype\\s+html|html|head|body|meta)\\b.*");
    private static final Pattern XML = Pattern.compile("(?s)\\s*<\\?xml\\b.*");
    private static final Pattern MAIL = Pattern.compile("(?s)(mime-version: 1|from: <saved by|content-type: multipart/).*");

    /** What a request is known by, at the beginning of a JSON or YAML text. */
    private static final Pattern FIELD =
            Pattern.compile("(?m)^[\\s{,\"]*(model|prompt|negative_prompt|duration|resolution|aspect_ratio|bundle"
                    + "|[a-z_]+_urls?)\"?\\s*:");

    private PlainText() {
    }

    /** What the bytes are instead of a plain text, and how to make one of it; empty when nothing speaks against it. */
    public static Optional<String> fault(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(bytes.length, HEAD), StandardCharsets.ISO_8859_1);
        String start = (head.startsWith("\u00ef\u00bb\u00bf") ? head.substring(3) : head).stripLeading();
        String lower = start.toLowerCase(Locale.ROOT);
        if (lower.startsWith("{\\rtf")) {
            return Optional.of("It is a formatted text (RTF). " + TEXT_EDIT);
        }
        if (start.startsWith("%PDF-")) {
            return Optional.of("It is a PDF. " + COPY);
        }
        if (start.startsWith("%!PS")) {
            return Optional.of("It is PostScript. " + COPY);
        }
        if (start.startsWith("PK\3\4") || start.startsWith("PK\5\6")) {
            return Optional.of("It is a zip, as Word, Pages and OpenDocument make them. " + WORD);
        }
        if (start.startsWith("\u00d0\u00cf\u0011\u00e0")) {
            return Optional.of("It is a document of Word, of the old kind. " + WORD);
        }
        if (HTML.matcher(lower).matches()) {
            return Optional.of("It is a web page (HTML). " + COPY);
        }
        if (XML.matcher(lower).matches()) {
            return Optional.of("It is XML. " + COPY);
        }
        if (MAIL.matcher(lower).matches()) {
            return Optional.of("It is a mail, or a web page that was saved. " + COPY);
        }
        return isBinary(bytes) ? Optional.of("It holds bytes that no text has. " + COPY) : Optional.empty();
    }

    /** Whether a text is the request itself, which would be read out to the model as it stands. */
    public static boolean isRequest(String text) {
        String start = text.stripLeading();
        long fields = FIELD.matcher(text).results().map(found -> found.group(1)).distinct().count();
        return start.startsWith("{") ? fields > 0 : fields > 1;
    }

    private static boolean isBinary(byte[] bytes) {
        for (byte b : bytes) {
            // Tabs, line and page ends, and the escape of terminals, are what texts have of those.
            if (b >= 0 && b < ' ' && !(b >= '\t' && b <= '\r') && b != 0x1b) {
                return true;
            }
        }
        return false;
    }
}
