package io.github.venicevideo.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One job's folder in {@code .work/}: what was dropped, what was unpacked from it, the intent, the video. A job
 * can be restored from it when the ledger is lost.
 *
 * @param path its name is the job's primary key
 */
public record WorkFolder(Path path) {

    /** The job's id. */
    public String jobId() {
        return path.getFileName().toString();
    }

    /** Holds what was dropped, under the name it was dropped with. */
    public Path dropped() {
        return path.resolve("dropped");
    }

    /** What was dropped; empty once it lies elsewhere, or before it was claimed. */
    public Optional<Path> droppedEntry() throws IOException {
        try (Stream<Path> entries = Files.list(dropped())) {
            return entries.filter(entry -> !OwnFiles.ALL.contains(entry.getFileName().toString())).findFirst();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** What was unpacked of it, and what came in its manifest. */
    public Path unpacked() {
        return path.resolve("unpacked");
    }

    /**
     * Takes in the bundle that lies in another work folder. All else that lies here stays, since a video may be on its way. May be
     * cut off anywhere and called again: what was dropped comes last.
     */
    public void takeIn(WorkFolder other) throws IOException {
        Files.createDirectories(path);
        OwnerOnly.restrict(path);
        for (Path entry : List.of(other.takenFile(), other.unpacked(), other.dropped())) {
            if (Files.exists(entry, LinkOption.NOFOLLOW_LINKS)) {
                Path place = path.resolve(entry.getFileName());
                DurableFiles.deleteTree(place);
                DurableFiles.move(entry, place);
            }
        }
    }

    /** What was renamed out of somebody's folder, and is still that somebody's. */
    public Path claimed() {
        return path.resolve("claimed");
    }

    /** Files out of {@link #claimed()} that nobody else can reach by a path any more. */
    Path taking() {
        return path.resolve("taking");
    }

    /** The copy while it is being made; whole once it lies in {@link #dropped()}. */
    public Path staged() {
        return path.resolve("staged");
    }

    /** Where it is noted what the copy consists of. */
    Path takenFile() {
        return path.resolve("taken.json");
    }

    /** The folder that is to be seen in {@code done/}, {@code failed/} or {@code parked/}, before it goes there or when it is back. */
    public Path filing() {
        return path.resolve("filing");
    }

    /** What lay in one of these as it had been dropped, before the program made folders of its own there. */
    Path former() {
        return path.resolve("former");
    }

    /** The video while it is still being fetched. */
    public Path videoPart() {
        return path.resolve("video.part");
    }

    /** The video, once it is complete and checked. */
    public Path video() {
        return path.resolve("video.mp4");
    }

    /** Where the claim is noted. */
    Path claimFile() {
        return path.resolve("claim.json");
    }

    /** Where the intent to send, and the answer to it, are noted. */
    Path intentFile() {
        return path.resolve("intent.json");
    }
}
