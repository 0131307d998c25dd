package io.github.venicevideo.consent;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;

/** What a person puts into {@code consents/}: a {@code .json} file, or a folder with one of two names in it beside the media. */
final class ConsentUnit {

    private static final List<String> INSIDE = List.of("attestation.json", "revocation.json");
    private static final int MOST_FILES = 1_000;

    private ConsentUnit() {
    }

    /** The file that says what is attested or taken back; one that may not be there. */
    static Path json(Path unit) {
        if (!Files.isDirectory(unit, LinkOption.NOFOLLOW_LINKS)) {
            return unit;
        }
        return INSIDE.stream().map(unit::resolve).filter(json -> Files.exists(json, LinkOption.NOFOLLOW_LINKS)).findFirst()
                .orElse(unit.resolve(INSIDE.get(0)));
    }

    /** Whether it is one, and nothing in it has changed since then. A link is one too, to be refused. */
    static boolean isSettled(Path unit, Instant since) throws IOException {
        BasicFileAttributes attributes = read(unit);
        String name = unit.getFileName().toString();
        if (!attributes.isDirectory()) {
            return name.endsWith(".json") && !name.startsWith(".") && isBefore(attributes, since);
        }
        if (INSIDE.stream().noneMatch(json -> Files.exists(unit.resolve(json), LinkOption.NOFOLLOW_LINKS))) {
            return false;
        }
        int files = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(unit)) {
            for (Path entry : entries) {
                if (!isBefore(read(entry), since)) {
                    return false;
                }
                if (++files > MOST_FILES) {
                    return true;
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return true;
    }

    private static boolean isBefore(BasicFileAttributes attributes, Instant since) {
        return !attributes.lastModifiedTime().toInstant().isAfter(since);
    }

    private static BasicFileAttributes read(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}
