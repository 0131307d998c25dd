package io.github.venicevideo.deliver;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.ledger.Video;
import io.github.venicevideo.venice.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.component.file.FileEndpoint;

/** What can be checked at a destination that is a local folder. */
final class FolderDestination {

    private static final int BUFFER = 1 << 16;

    private final Path folder;

    private FolderDestination(Path folder) {
        this.folder = folder;
    }

    /** The folder behind a destination; empty when it is something else. */
    static Optional<FolderDestination> of(CamelContext context, String uri) {
        // Other endpoints are not even made here: some ask their server for something when they start.
        return uri.startsWith("file:") && context.getEndpoint(uri) instanceof FileEndpoint file
                ? Optional.of(new FolderDestination(file.getFile().toPath().toAbsolutePath().normalize()))
                : Optional.empty();
    }

    /** Whether a video of that name, made by another job or by somebody else, is there already. */
    boolean isTaken(String name, String jobId) throws IOException {
        Path sidecar = folder.resolve(name + ".json");
        if (Files.exists(sidecar)) {
            return !ownerOf(sidecar).equals(jobId);
        }
        return Files.exists(folder.resolve(name + ".mp4"));
    }

    /**
     * Reads back what was delivered, and syncs it.
     *
     * @return where it is
     * @throws IOException when it is not what was to be delivered
     */
    Path verify(String name, Video video) throws IOException {
        Path file = folder.resolve(name + ".mp4");
        String found = sha256(file);
        if (Files.size(file) != video.bytes() || !found.equals(video.sha256())) {
            throw new IOException("The video at " + file + " is not what was delivered: " + Files.size(file)
                    + " bytes instead of " + video.bytes() + ". It is delivered again.");
        }
        DurableFiles.syncFile(file);
        DurableFiles.syncFile(folder.resolve(name + ".json"));
        DurableFiles.syncFolder(folder);
        return file;
    }

    private static String ownerOf(Path sidecar) throws IOException {
        try {
            return Json.mapper().readTree(Files.readAllBytes(sidecar)).path("job_id").asText("");
        } catch (JsonProcessingException e) {
            return "";
        }
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            byte[] buffer = new byte[BUFFER];
            while (in.read(buffer) >= 0) {
                continue;
            }
            return HexFormat.of().formatHex(((DigestInputStream) in).getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
