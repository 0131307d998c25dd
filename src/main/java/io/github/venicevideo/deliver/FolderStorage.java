package io.github.venicevideo.deliver;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.venice.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.component.file.FileEndpoint;

/** A destination that is a folder: what was written is read back, and synced. */
final class FolderStorage implements Storage {

    private final Path folder;
    private final String jobId;

    FolderStorage(FileEndpoint endpoint, String jobId) {
        this.folder = endpoint.getFile().toPath().toAbsolutePath().normalize();
        this.jobId = jobId;
    }

    @Override
    public boolean isTaken(String name) throws IOException {
        Path sidecar = folder.resolve(name + ".json");
        if (Files.exists(sidecar)) {
            return !ownerOf(sidecar).equals(jobId);
        }
        return Files.exists(folder.resolve(name + ".mp4"));
    }

    @Override
    public boolean holds(Item item) throws IOException {
        Path file = folder.resolve(item.name());
        if (!Files.isRegularFile(file) || Files.size(file) != item.bytes()) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Sha256.hex(in).equals(item.sha256());
        }
    }

    @Override
    public void expect(Item item) {
        // a folder needs nothing
    }

    @Override
    public void verify(Item item) throws IOException {
        Path file = folder.resolve(item.name());
        if (!holds(item)) {
            throw new IOException("The file " + file + " is not what was delivered: it does not have these " + item.bytes()
                    + " bytes. It is delivered again.");
        }
        DurableFiles.syncFile(file);
        DurableFiles.syncFolder(file.getParent());
    }

    @Override
    public String location(String name) {
        return folder.resolve(name).toString();
    }

    private static String ownerOf(Path sidecar) throws IOException {
        try {
            return Json.mapper().readTree(Files.readAllBytes(sidecar)).path("job_id").asText("");
        } catch (JsonProcessingException e) {
            return "";
        }
    }
}
