package io.github.venicevideo.home;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.venice.Json;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Moves bundles between a job's work folder and {@code done/}, {@code failed/} and {@code parked/}. Each method may
 * be cut off anywhere and called again.
 */
public final class BundleFolders {

    private static final long LONGEST_DOCUMENT = 1_000_000;
    /** A person may have answered already when a bundle is filed a second time. */
    private static final Set<String> ANSWERS_STAY = Set.of(OwnFiles.ANSWER);

    private final Home home;

    public BundleFolders(Home home) {
        this.home = home;
    }

    /**
     * Moves a job's bundle out of its work folder, with our own files in it.
     *
     * @param root {@code done/}, {@code failed/} or {@code parked/}
     * @param bundle the name it gets there; where that is taken, the job's id is appended
     * @param ours our own files by name; must hold {@link OwnFiles#JOB}, which tells whose folder it is
     * @return the folder that it became
     */
    public Path moveOut(WorkFolder work, Path root, String bundle, Map<String, byte[]> ours) throws IOException {
        Path target = root.resolve(bundle);
        Path second = root.resolve(bundle + "-" + work.jobId());
        for (Path candidate : List.of(target, second)) {
            if (jobOf(candidate).filter(work.jobId()::equals).isPresent()) {
                writeOurs(candidate, ours, ANSWERS_STAY);
                return candidate;
            }
        }
        Path box = box(work);
        writeOurs(box, ours, Set.of());
        return rename(box, target, second);
    }

    /**
     * Moves a parked job's bundle back into its work folder.
     *
     * @return whether it is there now
     */
    public boolean bringBack(WorkFolder work) throws IOException {
        if (work.droppedEntry().isPresent()) {
            return true;
        }
        Optional<Path> parked = find(home.parked(), work.jobId());
        if (parked.isEmpty()) {
            return false;
        }
        boolean wasFolder = Claim.read(work).map(Claim::folder).orElse(true);
        if (wasFolder) {
            Files.createDirectories(work.dropped());
            // Under the name that its recorded media paths hold, whatever it was called in parked/.
            String entry = Claim.read(work).map(Claim::entry).orElse(parked.get().getFileName().toString());
            DurableFiles.move(parked.get(), work.dropped().resolve(entry));
        } else {
            Files.deleteIfExists(work.dropped());
            DurableFiles.move(parked.get(), work.dropped());
        }
        return true;
    }

    /**
     * Removes a job's bundle for good. The file that tells whose it is goes last, so that a removal that was cut off can be
     * begun again; a folder that is another's by now stays.
     */
    public static void remove(Path folder, String jobId) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (jobOf(folder).filter(jobId::equals).isPresent()) {
            try (Stream<Path> entries = Files.list(folder)) {
                for (Path entry : (Iterable<Path>) entries::iterator) {
                    if (!entry.getFileName().toString().equals(OwnFiles.JOB)) {
                        DurableFiles.deleteTree(entry);
                    }
                }
            }
            Files.deleteIfExists(folder.resolve(OwnFiles.JOB));
        }
        try (Stream<Path> left = Files.list(folder)) {
            if (left.findAny().isPresent()) {
                return;
            }
        }
        Files.deleteIfExists(folder);
        DurableFiles.syncFolder(folder.toAbsolutePath().getParent());
    }

    /** The folders in {@code done/}, {@code failed/} and {@code parked/}, by the job that they are of. */
    public Map<String, List<Path>> byJob() throws IOException {
        Map<String, List<Path>> byJob = new HashMap<>();
        for (Path root : List.of(home.done(), home.failed(), home.parked())) {
            try (Stream<Path> folders = Files.list(root)) {
                for (Path folder : (Iterable<Path>) folders::iterator) {
                    jobOf(folder).ifPresent(id -> byJob.computeIfAbsent(id, job -> new ArrayList<>()).add(folder));
                }
            }
        }
        return byJob;
    }

    private static Optional<Path> find(Path root, String jobId) throws IOException {
        try (Stream<Path> folders = Files.list(root)) {
            for (Path folder : (Iterable<Path>) folders::iterator) {
                if (jobOf(folder).filter(jobId::equals).isPresent()) {
                    return Optional.of(folder);
                }
            }
        }
        return Optional.empty();
    }

    /** The job that a folder's {@code job.json} names; empty when there is none that can be read. */
    public static Optional<String> jobOf(Path folder) throws IOException {
        return document(folder).map(document -> document.path("job_id").asText("")).filter(id -> !id.isEmpty());
    }

    /** A folder's {@code job.json}; empty when there is none that can be read. */
    public static Optional<JsonNode> document(Path folder) throws IOException {
        try {
            Path file = folder.resolve(OwnFiles.JOB);
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) <= LONGEST_DOCUMENT
                    ? Optional.of(Json.mapper().readTree(Files.readAllBytes(file)))
                    : Optional.empty();
        } catch (JsonProcessingException | FileSystemException e) {
            return Optional.empty();
        }
    }

    /** The folder that is to be renamed: the dropped one itself, or the one that holds the dropped file. */
    private static Path box(WorkFolder work) throws IOException {
        Optional<Path> entry = work.droppedEntry().filter(Files::isDirectory);
        if (entry.isPresent()) {
            return entry.get();
        }
        Files.createDirectories(work.dropped());
        return work.dropped();
    }

    private static void writeOurs(Path folder, Map<String, byte[]> ours, Set<String> staying) throws IOException {
        for (String name : OwnFiles.ALL) {
            if (!ours.containsKey(name) && !staying.contains(name)) {
                DurableFiles.deleteTree(folder.resolve(name));
            }
        }
        for (Map.Entry<String, byte[]> file : ours.entrySet()) {
            if (Files.isDirectory(folder.resolve(file.getKey()))) {
                DurableFiles.deleteTree(folder.resolve(file.getKey()));
            }
            DurableFiles.write(folder.resolve(file.getKey()), file.getValue());
        }
    }

    private static Path rename(Path box, Path target, Path second) throws IOException {
        if (!Files.exists(target)) {
            try {
                DurableFiles.move(box, target);
                return target;
            } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
                // somebody made it in between; the second name has our id in it
            }
        }
        DurableFiles.move(box, second);
        return second;
    }
}
