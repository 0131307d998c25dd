package io.github.venicevideo.deliver;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.venice.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.component.file.FileOperations;

/**
 * A destination that is a folder: what was written is read back, and synced. A name is taken by its sidecar, which only one of
 * several programs can make, and which says whose it is.
 */
final class FolderStorage implements Storage {

    private final FileEndpoint endpoint;
    private final Path folder;
    private final String jobId;
    private final boolean begun;

    /**
     * A folder.
     *
     * @param begun whether this job was about to take its name there before
     */
    FolderStorage(FileEndpoint endpoint, String jobId, boolean begun) {
        this.endpoint = endpoint;
        this.folder = endpoint.getFile().toPath().toAbsolutePath().normalize();
        this.jobId = jobId;
        this.begun = begun;
    }

    @Override
    public boolean isTaken(FileNames names) throws IOException {
        Path sidecar = folder.resolve(names.sidecar());
        if (Files.exists(sidecar)) {
            return !isOurs(sidecar);
        }
        Path media = folder.resolve(names.name());
        return names.all().stream().anyMatch(name -> Files.exists(folder.resolve(name)))
                || !names.media().isEmpty() && Files.exists(media) && !Files.isDirectory(media);
    }

    @Override
    public boolean claim(FileNames names) throws IOException {
        Path sidecar = folder.resolve(names.sidecar());
        if (endpoint.isAutoCreate()) {
            // With the permissions that the endpoint wants.
            new FileOperations(endpoint).buildDirectory(sidecar.getParent().toString(), true);
        }
        try {
            ExclusiveFile.create(sidecar, sidecar.resolveSibling(".part-" + jobId), JobDocument.bytes(JobDocument.claim(jobId)));
            return true;
        } catch (FileAlreadyExistsException e) {
            return isOurs(sidecar);
        }
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

    /** An empty one is what is left of a claim that was cut off, where links cannot be made. */
    private boolean isOurs(Path sidecar) throws IOException {
        if (!Files.isRegularFile(sidecar)) {
            return false;
        }
        byte[] content = Files.readAllBytes(sidecar);
        if (content.length == 0) {
            return begun;
        }
        try {
            return Json.mapper().readTree(content).path("job_id").asText("").equals(jobId);
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
