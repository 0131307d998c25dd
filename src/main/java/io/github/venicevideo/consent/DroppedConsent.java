package io.github.venicevideo.consent;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * What a person put into {@code consents/}.
 *
 * @param name what to call it in a message
 * @param json the statement's or revocation's text
 * @param policyText what {@code policy.txt} beside it says
 * @param files digests of the other files beside it, by their names
 * @param changedAt when anything in it was changed last
 */
record DroppedConsent(String name, byte[] json, Optional<String> policyText, Map<String, String> files, Instant changedAt) {

    private static final long LARGEST_TEXT = 1_000_000;
    private static final int MOST_FILES = 1_000;
    private static final String POLICY = "policy.txt";

    /**
     * Reads it.
     *
     * @param unit the file, or the folder that it is in
     * @throws IllegalArgumentException with a sentence, where something in it cannot be used
     */
    static DroppedConsent read(Path unit, Path json) throws IOException {
        List<Path> all = new ArrayList<>(List.of(json));
        if (Files.isDirectory(unit)) {
            try (Stream<Path> entries = Files.list(unit)) {
                entries.filter(entry -> !entry.equals(json) && !entry.getFileName().toString().startsWith("."))
                        .limit(MOST_FILES).forEach(all::add);
            }
        }
        Instant changed = Instant.EPOCH;
        Map<String, String> files = new TreeMap<>();
        Optional<String> policy = Optional.empty();
        for (Path file : all) {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new IllegalArgumentException(unit.getFileName() + ": " + file.getFileName() + " is no plain file. Put"
                        + " files into it, no folders and no links.");
            }
            Instant at = Files.getLastModifiedTime(file).toInstant();
            changed = at.isAfter(changed) ? at : changed;
            String name = file.getFileName().toString();
            if (name.equals(POLICY)) {
                policy = Optional.of(new String(text(file), StandardCharsets.UTF_8));
            } else if (!file.equals(json)) {
                files.put(name, digest(file));
            }
        }
        return new DroppedConsent(json.getFileName().toString(), text(json), policy, files, changed);
    }

    /** What a person wrote: a plain file of at most 1 MB. */
    static byte[] text(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IllegalArgumentException(file.getFileName() + " is no plain file. Put the file itself there, no link.");
        }
        if (Files.size(file) > LARGEST_TEXT) {
            throw new IllegalArgumentException(file.getFileName() + " has more than " + LARGEST_TEXT + " bytes.");
        }
        return Files.readAllBytes(file);
    }

    private static String digest(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return DigestUtils.sha256Hex(in);
        }
    }
}
