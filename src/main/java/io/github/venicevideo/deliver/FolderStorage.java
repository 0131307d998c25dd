package io.github.venicevideo.deliver;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.venice.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.component.file.FileOperations;

/**
 * A destination that is a folder: what was written is read back, and synced. A name is taken by its sidecar, which only one of
 * several programs can make, and which says whose it is.
 */
final class FolderStorage implements Storage {

    private static final int LONGEST_SIDECAR = 8_000_000;
    /** A Camel expression: a name that nobody can foresee, as {@link DurableFiles#sweep} knows them. */
    private static final String TEMPORARY = ".venice-${uuid}.tmp";
    /** Longer than any video takes to be written. */
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final FileEndpoint endpoint;
    private final Path folder;
    private final String jobId;
    private final boolean begun;
    private final Predicate<Path> wasThere;

    /**
     * A folder.
     *
     * @param begun whether this job was about to take its name there before
     * @param wasThere whether a folder was there before, which is then not made anew: it may be a lost mount
     */
    FolderStorage(FileEndpoint endpoint, String jobId, boolean begun, Predicate<Path> wasThere) {
        this.wasThere = wasThere;
        this.endpoint = endpoint;
        this.folder = endpoint.getFile().toPath().toAbsolutePath().normalize();
        this.jobId = jobId;
        this.begun = begun;
    }

    @Override
    public boolean isTaken(FileNames names) throws IOException {
        Path sidecar = folder.resolve(names.sidecar());
        if (Files.exists(sidecar, LinkOption.NOFOLLOW_LINKS)) {
            return !isOurs(sidecar);
        }
        Path media = folder.resolve(names.name());
        return names.all().stream().anyMatch(name ->
                Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS))
                || !names.media().isEmpty() && Files.exists(media, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(media);
    }

    @Override
    public boolean claim(FileNames names) throws IOException {
        checkNotLost();
        Path sidecar = folder.resolve(names.sidecar());
        if (endpoint.isAutoCreate()) {
            // With the permissions that the endpoint wants.
            new FileOperations(endpoint).buildDirectory(sidecar.getParent().toString(), true);
        }
        try {
            ExclusiveFile.create(sidecar, DurableFiles.temporary(sidecar.getParent()), JobDocument.bytes(JobDocument.claim(jobId)));
            DurableFiles.sweep(sidecar.getParent(), Files.getLastModifiedTime(sidecar).toInstant().minus(ABANDONED));
            return true;
        } catch (FileAlreadyExistsException e) {
            return isOurs(sidecar);
        }
    }

    @Override
    public boolean holds(Item item) throws IOException {
        Path file = folder.resolve(item.name());
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) != item.bytes()) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return Sha256.hex(in).equals(item.sha256());
        }
    }

    @Override
    public void expect(Item item) throws IOException {
        checkNotLost();
        // Camel would write through a link that somebody has put in the file's place; what it renames replaces that.
        if (endpoint.getTempFileName() == null) {
            endpoint.setTempFileName(TEMPORARY);
        }
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

    private void checkNotLost() throws IOException {
        if (!Files.exists(folder) && wasThere.test(folder)) {
            throw new IOException("The folder " + folder + " was there and is gone, so it is not made anew: mount again what it lies on,"
                    + " or make it with mkdir if it was removed on purpose");
        }
    }

    /** An empty one is what is left of a claim that was cut off, where links cannot be made. */
    private boolean isOurs(Path sidecar) throws IOException {
        if (!Files.isRegularFile(sidecar, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        byte[] content;
        try (InputStream in = Files.newInputStream(sidecar, LinkOption.NOFOLLOW_LINKS)) {
            content = in.readNBytes(LONGEST_SIDECAR);
        }
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
