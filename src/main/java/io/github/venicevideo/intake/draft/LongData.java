package io.github.venicevideo.intake.draft;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.intake.problem.Findings;
import io.github.venicevideo.intake.problem.ProblemCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The long base64 of a manifest's data URLs, each in a file of its own, so that none is ever held. In the text a word stands for it that
 * nobody can have written there before. Lives for one reading.
 */
public final class LongData {

    /** More than any request has media. */
    private static final int MOST = 100;

    private final String word = "data-" + UUID.randomUUID() + "-";
    private final Pattern words = Pattern.compile(Pattern.quote(word) + "(\\d+)\\.");
    private final List<Path> files = new ArrayList<>();

    public boolean isFull() {
        return files.size() >= MOST;
    }

    /** The word that stands for a file. */
    public String keep(Path file) {
        files.add(file);
        return word + (files.size() - 1) + ".";
    }

    public boolean isIn(String text) {
        return text.contains(word);
    }

    /** Whether none stands where no medium can, from where our word would go out; else a problem is found. */
    public boolean isAllowedIn(JsonNode value, String file, String field, Findings findings) {
        boolean isThere = isIn(value.toString());
        if (isThere) {
            findings.add(ProblemCode.BAD_DATA_URL, file, field, "", "", "No medium can stand here: put it into a field that takes one.");
        }
        return !isThere;
    }

    /** A value as it was written, each of its characters one byte; what has more than one becomes a question mark. */
    public InputStream open(String value) throws IOException {
        List<InputStream> parts = new ArrayList<>();
        Matcher matcher = words.matcher(value);
        int from = 0;
        while (matcher.find()) {
            parts.add(of(value.substring(from, matcher.start())));
            parts.add(Files.newInputStream(files.get(Integer.parseInt(matcher.group(1)))));
            from = matcher.end();
        }
        parts.add(of(value.substring(from)));
        return new SequenceInputStream(Collections.enumeration(parts));
    }

    /** Bytes that the words in a value stand for. */
    public long bytes(String value) throws IOException {
        long bytes = 0;
        Matcher matcher = words.matcher(value);
        while (matcher.find()) {
            bytes += Files.size(files.get(Integer.parseInt(matcher.group(1))));
        }
        return bytes;
    }

    /** A value as people may see it. */
    public String shown(String value) {
        return words.matcher(value).replaceAll("…");
    }

    /** What was read of it is copied by now. */
    public void remove() throws IOException {
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }

    private static InputStream of(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
