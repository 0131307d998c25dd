package io.github.venicevideo.home;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.venice.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Moves bundles between a job's work folder and {@code done/}, {@code failed/} and {@code parked/}. There each lies in a folder of
 * this program's making, in {@code bundle/}, with our own files beside it. Which job such a folder is of, the records say, and
 * never what lies in it. Each method may be cut off anywhere and called again.
 */
public final class BundleFolders {

    /** Holds what was dropped: its files, or the one file that it was. */
    public static final String BUNDLE = "bundle";

    private static final int LONGEST_DOCUMENT = 1_000_000;
    private static final int MOST_NAMES = 100;
    /** A person may have answered already when a bundle is filed a second time. */
    private static final Set<String> ANSWERS_STAY = Set.of(OwnFiles.ANSWER);

    private final Home home;
    private final Border border;
    private final FolderRecords records;
    private final Signatures signatures;

    public BundleFolders(Home home, Border border, FolderRecords records) {
        this.home = home;
        this.border = border;
        this.records = records;
        this.signatures = new Signatures(home);
    }

    /**
     * Moves a job's bundle to where people look for it, with our own files beside it.
     *
     * @param root {@code done/}, {@code failed/} or {@code parked/}
     * @param bundle the name it gets there; where that is taken, the job's id is appended
     * @param ours our own files by name
     * @return the folder that it lies in
     */
    public Path moveOut(WorkFolder work, Path root, String bundle, Map<String, byte[]> ours) throws IOException {
        Optional<Path> there = isFolder(work.filing()) ? Optional.empty()
                : find(work).filter(Found::ours).map(Found::folder).filter(folder -> folder.getParent().equals(root));
        if (there.isPresent() && work.droppedEntry().isEmpty()) {
            writeOurs(there.get(), ours, ANSWERS_STAY);
            FolderModes.open(there.get(), root);
            return there.get();
        }
        if (!isFolder(filing(work).resolve(BUNDLE)) && work.droppedEntry().isEmpty()) {
            bringBack(work);
            filing(work);
        }
        putIn(work);
        writeOurs(work.filing(), ours, Set.of());
        FolderModes.open(work.filing(), root);
        return rename(work, root, bundle);
    }

    /**
     * The folder that a job's bundle is going to be filed in, for what is to lie there beside it. Until then nobody else gets
     * there.
     */
    public Path filing(WorkFolder work) throws IOException {
        if (!isFolder(work.filing())) {
            Optional<Path> folder = find(work).filter(Found::ours).map(Found::folder);
            if (folder.isPresent()) {
                DurableFiles.move(folder.get(), work.filing());
            }
        }
        Files.createDirectories(work.filing());
        OwnerOnly.restrict(work.filing());
        return work.filing();
    }

    /**
     * Brings a bundle back into its work folder, copied, since it lay where others may have changed it.
     *
     * @return whether it is there now
     * @throws StillWrittenException when somebody writes to it at this moment; to be called again
     */
    public boolean bringBack(WorkFolder work) throws IOException {
        if (work.droppedEntry().isEmpty()) {
            if (border.claimed(work).isEmpty() && !claim(work)) {
                return false;
            }
            border.takeOver(work);
        }
        DurableFiles.deleteTree(work.former());
        clearFiling(work);
        return work.droppedEntry().isPresent();
    }

    /** The folder that a job's bundle lies in. */
    public Optional<Path> of(String jobId) throws IOException {
        return find(home.work(jobId)).map(Found::folder);
    }

    /** The job whose folder this is, when this program made it. */
    public Optional<String> jobOf(Path folder) throws IOException {
        if (!isFolder(folder)) {
            return Optional.empty();
        }
        Optional<String> job = records.jobOf(FolderRecord.spelled(folder), FolderRecord.keyOf(folder));
        Optional<FolderRecord> record = job.flatMap(records::of).filter(FolderRecord::ours);
        return record.isPresent() && isIt(folder, record.get(), job.get()) ? job : Optional.empty();
    }

    /** Removes a job's bundle for good. */
    public void remove(String jobId) throws IOException {
        Optional<Path> folder = of(jobId);
        if (folder.isPresent()) {
            DurableFiles.deleteTree(folder.get());
            DurableFiles.syncFolder(folder.get().getParent());
        }
    }

    /** The folders in {@code done/}, {@code failed/} and {@code parked/}, by the job that they are of. */
    public Map<String, List<Path>> byJob() throws IOException {
        Map<String, List<Path>> byJob = new HashMap<>();
        Map<Path, Map<String, Path>> listed = new HashMap<>();
        for (Map.Entry<String, FolderRecord> record : records.all().entrySet()) {
            find(record.getKey(), record.getValue(), listed).ifPresent(found ->
                    byJob.put(record.getKey(), List.of(found.folder())));
        }
        return byJob;
    }

    /** A folder's {@code job.json}, whoever wrote it; empty when there is none that can be read. */
    public static Optional<JsonNode> document(Path folder) throws IOException {
        Path file = folder.resolve(OwnFiles.JOB);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] json = in.readNBytes(LONGEST_DOCUMENT + 1);
            return json.length <= LONGEST_DOCUMENT ? Optional.ofNullable(Json.mapper().readTree(json)) : Optional.empty();
        } catch (JsonProcessingException | FileSystemException e) {
            return Optional.empty();
        }
    }

    /** A folder's {@code job.json}, when this program wrote it for this home. */
    public Optional<JsonNode> signed(Path folder) throws IOException {
        Optional<JsonNode> document = document(folder);
        return document.isPresent() && signatures.isOurs(document.get()) ? document : Optional.empty();
    }

    private record Found(Path folder, boolean ours) {
    }

    private Optional<Found> find(WorkFolder work) throws IOException {
        Optional<FolderRecord> record = records.of(work.jobId());
        if (record.isEmpty()) {
            return unrecorded(work);
        }
        Optional<Found> found = find(work.jobId(), record.get(), new HashMap<>());
        // A ledger that was put back knows where it lay before.
        return found.isPresent() ? found : unrecorded(work).filter(Found::ours);
    }

    /** @param listed what lies in the folders that were looked through already, by its keys */
    private Optional<Found> find(String jobId, FolderRecord record, Map<Path, Map<String, Path>> listed) throws IOException {
        Path folder = home.root().resolve(record.folder());
        if (isFolder(folder) && isIt(folder, record, jobId)) {
            return Optional.of(new Found(folder, record.ours()));
        }
        if (record.key().isEmpty() || !isFolder(folder.getParent())) {
            return Optional.empty();
        }
        // Somebody may have renamed it.
        if (!listed.containsKey(folder.getParent())) {
            Map<String, Path> byKey = new HashMap<>();
            for (Path other : Names.in(folder.getParent())) {
                FolderRecord.keyOf(other).ifPresent(key -> byKey.put(key, other));
            }
            listed.put(folder.getParent(), byKey);
        }
        return Optional.ofNullable(listed.get(folder.getParent()).get(record.key().get())).filter(BundleFolders::isFolder)
                .map(renamed -> new Found(renamed, record.ours()));
    }

    /**
     * Before there were records, and where they are lost with the ledger: under the name that it got. What its {@code job.json}
     * says is a hint alone: such a folder is brought back like any that somebody drops.
     */
    private Optional<Found> unrecorded(WorkFolder work) throws IOException {
        Optional<String> bundle = Claim.read(work).map(Claim::bundle);
        if (bundle.isEmpty()) {
            return Optional.empty();
        }
        List<Path> candidates = new ArrayList<>(List.of(home.parked().resolve(bundle.get()),
                home.parked().resolve(bundle.get() + "-" + work.jobId())));
        for (Path candidate : candidates) {
            Optional<JsonNode> document = isFolder(candidate) ? document(candidate) : Optional.empty();
            if (document.isPresent() && document.get().path("job_id").asText().equals(work.jobId())) {
                return Optional.of(new Found(candidate, signatures.isOurs(document.get())));
            }
        }
        return Optional.empty();
    }

    /** A copy of a home has other keys, and the same names; what is in it is signed. */
    private boolean isIt(Path folder, FolderRecord record, String jobId) throws IOException {
        return !record.ours() || record.key().isEmpty() || record.key().equals(FolderRecord.keyOf(folder))
                || signed(folder).filter(document -> document.path("job_id").asText().equals(jobId)).isPresent();
    }

    /** Claims what is to be copied out of the folder that it lies in, which comes into the work folder first. */
    private boolean claim(WorkFolder work) throws IOException {
        if (!isFolder(work.filing().resolve(BUNDLE)) && !isFolder(work.former())) {
            Optional<Found> found = find(work);
            if (found.isEmpty() || found.get().ours() && isFolder(work.filing())) {
                return false;
            }
            DurableFiles.move(found.get().folder(), found.get().ours() ? work.filing() : work.former());
        }
        boolean ours = !isFolder(work.former());
        Path content = ours ? work.filing().resolve(BUNDLE) : work.former();
        if (!ours) {
            for (String name : OwnFiles.ALL) {
                DurableFiles.deleteTree(content.resolve(name));
            }
        }
        Optional<Claim> claim = Claim.read(work);
        // Under the name that its recorded media paths hold, whatever it is called by now.
        String entry = claim.map(Claim::entry).orElse(BUNDLE);
        try {
            if (claim.map(Claim::folder).orElse(true)) {
                border.claim(content, work, entry);
            } else {
                border.claim(single(content, entry), work, entry);
            }
            return true;
        } catch (NoSuchFileException | NotDirectoryException e) {
            return false;
        }
    }

    private static Path single(Path content, String entry) throws IOException {
        if (Files.exists(content.resolve(entry), LinkOption.NOFOLLOW_LINKS)) {
            return content.resolve(entry);
        }
        return Names.in(content).stream().findFirst().orElseThrow(() -> new NoSuchFileException(content.toString()));
    }

    /** What is not ours, such as a video that could not be verified, stays and is filed with the bundle. */
    private static void clearFiling(WorkFolder work) throws IOException {
        if (!isFolder(work.filing())) {
            return;
        }
        for (String name : OwnFiles.ALL) {
            DurableFiles.deleteTree(work.filing().resolve(name));
        }
        DurableFiles.deleteTree(work.filing().resolve(BUNDLE));
        if (Names.in(work.filing()).isEmpty()) {
            Files.deleteIfExists(work.filing());
        }
    }

    private static void putIn(WorkFolder work) throws IOException {
        Optional<Path> entry = work.droppedEntry();
        if (entry.isEmpty()) {
            return;
        }
        Path bundle = work.filing().resolve(BUNDLE);
        DurableFiles.deleteTree(bundle);
        if (isFolder(entry.get())) {
            DurableFiles.move(entry.get(), bundle);
        } else {
            Files.createDirectory(bundle);
            Modes.setLike(bundle, Modes.FOLDER, Modes.FOLDER);
            DurableFiles.move(entry.get(), bundle.resolve(entry.get().getFileName()));
        }
    }

    private static void writeOurs(Path folder, Map<String, byte[]> ours, Set<String> staying) throws IOException {
        // Nobody else writes such names there, and a program that died may have left some.
        DurableFiles.sweep(folder, Instant.MAX);
        for (String name : OwnFiles.ALL) {
            if (!ours.containsKey(name) && !staying.contains(name)) {
                DurableFiles.deleteTree(folder.resolve(name));
            }
        }
        for (Map.Entry<String, byte[]> file : ours.entrySet()) {
            DurableFiles.write(folder.resolve(file.getKey()), file.getValue());
        }
    }

    /** Recorded before it is renamed, so that a start after a crash knows whose it is. */
    private Path rename(WorkFolder work, Path root, String bundle) throws IOException {
        String own = bundle + "-" + work.jobId();
        for (int number = 0; number < MOST_NAMES; number++) {
            Path target = root.resolve(number == 0 ? bundle : number == 1 ? own : own + "-" + number);
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            records.record(work.jobId(), FolderRecord.ours(target, FolderRecord.keyOf(work.filing())));
            try {
                DurableFiles.move(work.filing(), target);
                return target;
            } catch (FileAlreadyExistsException | DirectoryNotEmptyException | NotDirectoryException e) {
                // Somebody made it in between.
                continue;
            }
        }
        throw new FileAlreadyExistsException(root.resolve(bundle).toString(), own, "and so are " + MOST_NAMES + " more names");
    }

    private static boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }
}
