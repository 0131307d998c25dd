package io.github.venicevideo.home;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.venicevideo.venice.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Which ledger the jobs of a home are in; kept in the home.
 *
 * @param ledgerId the ledger's own name for itself
 * @param folder where it lay at the last start
 * @param started what the last start called itself, there and here
 */
public record LedgerNote(String ledgerId, String folder, String started) {

    private static final String FILE = ".ledger.json";
    private static final Duration ABANDONED = Duration.ofDays(1);

    /** Where it is kept. */
    public static Path file(Path root) {
        return root.resolve(FILE);
    }

    /** The note of a home; empty when there is none that can be read. */
    public static Optional<LedgerNote> read(Path root) throws IOException {
        try {
            return Optional.of(Json.mapper().readValue(Files.readAllBytes(file(root)), LedgerNote.class));
        } catch (NoSuchFileException | JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Writes it, durably, and sweeps what programs that died left beside it. */
    public void write(Path root) throws IOException {
        DurableFiles.write(file(root), Json.pretty(this));
        DurableFiles.sweep(root, Files.getLastModifiedTime(file(root)).toInstant().minus(ABANDONED));
    }
}
