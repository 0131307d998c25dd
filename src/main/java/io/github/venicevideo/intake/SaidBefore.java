package io.github.venicevideo.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.venicevideo.home.BundleFolders;
import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.home.OwnFiles;
import io.github.venicevideo.home.WorkFolder;
import io.github.venicevideo.intake.names.IgnoredNames;
import io.github.venicevideo.venice.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder out of {@code failed/} or {@code done/} that is dropped again as a whole: what was in its {@code bundle/} becomes the
 * bundle, and what its {@code job.json} says is kept beside it. Anybody may have written that.
 */
final class SaidBefore {

    private static final String SAID = "said";
    private static final String OPENED = "opened";

    private SaidBefore() {
    }

    /**
     * Takes the bundle out of such a folder; what is none is left as it is. May be cut off anywhere and called again: what it has
     * taken out says by its own name where it belongs.
     */
    static void open(WorkFolder work) throws IOException {
        Path opened = work.path().resolve(OPENED);
        Optional<Path> entry = work.droppedEntry();
        if (entry.isPresent() && isWrapped(entry.get())) {
            DurableFiles.deleteTree(opened);
            write(work, BundleFolders.document(entry.get()).orElseGet(() -> Json.mapper().createObjectNode()));
            Files.createDirectory(opened);
            DurableFiles.move(entry.get().resolve(BundleFolders.BUNDLE), opened.resolve(entry.get().getFileName()));
        }
        if (isFolder(opened)) {
            try (Stream<Path> bundles = Files.list(opened)) {
                for (Path bundle : (Iterable<Path>) bundles::iterator) {
                    Path place = work.dropped().resolve(bundle.getFileName());
                    DurableFiles.deleteTree(place);
                    DurableFiles.move(bundle, place);
                }
            }
            DurableFiles.deleteTree(opened);
        }
    }

    /** What the bundle's {@code job.json} says; missing where there is none. */
    static JsonNode of(WorkFolder work) throws IOException {
        Optional<JsonNode> kept = BundleFolders.document(work.path().resolve(SAID));
        if (kept.isPresent()) {
            return kept.get();
        }
        Optional<Path> entry = work.droppedEntry();
        return entry.isPresent() ? BundleFolders.document(entry.get()).orElse(MissingNode.getInstance())
                : MissingNode.getInstance();
    }

    /** Keeps which job it was found to be, for when it is taken up again. */
    static void note(WorkFolder work, String jobId) throws IOException {
        write(work, Json.mapper().createObjectNode().put("job_id", jobId));
    }

    private static void write(WorkFolder work, JsonNode said) throws IOException {
        Files.createDirectories(work.path().resolve(SAID));
        DurableFiles.write(work.path().resolve(SAID).resolve(OwnFiles.JOB), Json.mapper().writeValueAsBytes(said));
    }

    private static boolean isWrapped(Path folder) throws IOException {
        if (!isFolder(folder) || !isFolder(folder.resolve(BundleFolders.BUNDLE))) {
            return false;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).allMatch(name -> name.equals(BundleFolders.BUNDLE)
                    || IgnoredNames.isIgnored(name));
        }
    }

    private static boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }
}
