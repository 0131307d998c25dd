package io.github.venicevideo.home;

import io.github.venicevideo.home.drop.Drop;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folders below {@code venice.home}. A bundle moves between them by renaming alone, so they share a file system.
 *
 * @param root {@code venice.home}
 * @param work where claimed bundles are worked on, one folder a job
 * @param parked bundles that wait for a person
 * @param failed bundles that ended without a video
 * @param done bundles whose videos are delivered
 */
public record Home(Path root, Path work, Path parked, Path failed, Path done) {

    /** The folders of a home. */
    public static Home at(Path root) {
        Path absolute = root.toAbsolutePath().normalize();
        return new Home(absolute, absolute.resolve(".work"), absolute.resolve("parked"), absolute.resolve("failed"),
                absolute.resolve("done"));
    }

    /** The work folder of a job. */
    public WorkFolder work(String jobId) {
        return new WorkFolder(work.resolve(jobId));
    }

    /** Where what people put into {@code consents/} is copied to, and read. */
    public Path consentsDesk() {
        return root.resolve(".consents");
    }

    /** Where originals are put that could not be removed, or have no copy; a person looks at them. */
    public Path left() {
        return root.resolve(".left");
    }

    /** Where answers to parked jobs lie from when they are taken until they are carried out. */
    public Path answers() {
        return root.resolve(".answers");
    }

    /**
     * Makes the folders, and the drops, and checks that bundles can be renamed between them.
     *
     * @throws IOException when one cannot be made, or lies on another file system; the message says what to do
     */
    public void prepare(List<Drop> drops) throws IOException {
        List<Path> folders = new ArrayList<>(List.of(work, parked, failed, done));
        drops.forEach(drop -> folders.add(drop.folder()));
        for (Path folder : folders) {
            make(folder);
            if (!Files.isWritable(folder)) {
                throw new IOException("The folder " + folder + " cannot be written to. Give this program's user the"
                        + " right to, or set venice.home to another folder.");
            }
        }
        OwnerOnly.restrict(work);
        Surroundings.check(root);
        FileStore store = Files.getFileStore(work);
        Mounts mounts = Mounts.now();
        Optional<Path> mount = mounts.of(work.toRealPath());
        for (Path folder : folders) {
            boolean isOther = !Files.getFileStore(folder).equals(store);
            if (isOther || !mounts.of(folder.toRealPath()).equals(mount)) {
                throw new IOException("The folder " + folder + " lies on another " + (isOther ? "file system" : "mount") + " than " + work
                        + ", so bundles cannot be renamed between them. Put both on one with venice.home and venice.drops.<name>.folder,"
                        + " or mount one folder that holds both.");
            }
        }
    }

    /**
     * Looks whether its folders, and others, are there or could be made, without making any.
     *
     * @throws IOException names the first that could not be
     */
    public void checkRoom(List<Path> others) throws IOException {
        for (Path folder : Stream.concat(Stream.of(work, parked, failed, done), others.stream()).toList()) {
            Path there = folder.toAbsolutePath().normalize();
            while (!Files.exists(there, LinkOption.NOFOLLOW_LINKS) && there.getParent() != null) {
                there = there.getParent();
            }
            if (!Files.isDirectory(there)) {
                throw notMade(folder, new NotDirectoryException(there.toString()));
            }
            if (!Files.isWritable(there)) {
                throw notMade(folder, new AccessDeniedException(there.toString()));
            }
        }
    }

    private static void make(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw notMade(folder, e);
        }
    }

    private static IOException notMade(Path folder, IOException cause) {
        return new IOException("The folder " + folder + " cannot be made: " + FileTroubles.inWords(cause) + ". Set venice.home,"
                + " venice.ledger.dir or venice.drops.<name>.folder to a folder that this program's user may make and write to.", cause);
    }
}
