package io.github.venicevideo.home;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Optional;

/** Whether something of somebody's can be claimed, copied and removed, by what the file system says of it now. */
public final class Rights {

    private static final int STICKY = 01000;

    private Rights() {
    }

    /**
     * What keeps this program from it.
     *
     * @return a clause that goes on behind its name, and says what to do; empty when nothing does
     */
    public static Optional<String> lack(Path foreign) throws IOException {
        Optional<String> unspelled = unspelled(foreign);
        if (unspelled.isPresent()) {
            return unspelled;
        }
        Finder finder = new Finder(foreign);
        if (isSticky(foreign.getParent()) && !isOurs(foreign) && !isOurs(foreign.getParent())) {
            return Optional.of("cannot be taken out of a folder with the sticky bit by anybody but its owner. Take that bit off the"
                    + " drop folder (chmod -t), or let this program's user own it");
        }
        // What lies deeper is not copied, and each level keeps a folder open.
        Files.walkFileTree(foreign, EnumSet.noneOf(FileVisitOption.class), BorderLimits.USUAL.depth() + 1, finder);
        return finder.lack;
    }

    /** The same of its name alone, which the platform's charset may not lead back to it. */
    public static Optional<String> unspelled(Path foreign) {
        return leadsBack(foreign) ? Optional.empty() : Optional.of("has a name that this program cannot spell. Rename it, or start the"
                + " program in a UTF-8 locale such as LC_ALL=C.UTF-8");
    }

    private static boolean leadsBack(Path foreign) {
        try {
            return Path.of(foreign.toString()).equals(foreign);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static boolean isSticky(Path folder) throws IOException {
        return attribute(folder, "unix:mode") instanceof Integer mode && (mode & STICKY) != 0;
    }

    private static boolean isOurs(Path path) throws IOException {
        // Root may do everything; nobody else can write to a process's own entry.
        return System.getProperty("user.name", "").equals("root")
                || String.valueOf(attribute(path, "posix:owner")).equals(System.getProperty("user.name", ""));
    }

    private static Object attribute(Path path, String name) throws IOException {
        try {
            return Files.getAttribute(path, name, LinkOption.NOFOLLOW_LINKS);
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            return "";
        }
    }

    /** Looks at each of its folders and files, until one is found. */
    private static final class Finder extends SimpleFileVisitor<Path> {

        private final Path root;
        private Optional<String> lack = Optional.empty();

        Finder(Path root) {
            this.root = root;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            if (!Files.isReadable(folder) || !Files.isWritable(folder) || !Files.isExecutable(folder)) {
                return found("cannot be taken: this program's user may not read and write " + name(folder)
                        + ". Give it the right to, for the folder and each folder in it: chmod -R g+rwX, and its group");
            }
            return isSticky(folder) && !isOurs(folder)
                    ? found("cannot be taken: " + name(folder) + " has the sticky bit, so this program's user may take nothing out of"
                            + " it. Take that bit off: chmod -R -t")
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            return !attributes.isRegularFile() || Files.isReadable(file) ? FileVisitResult.CONTINUE
                    : found("cannot be taken: this program's user may not read " + name(file)
                            + ". Give it the right to: chmod -R g+rwX, and its group");
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return found("cannot be taken: this program's user may not look at " + name(file)
                    + ". Give it the right to: chmod -R g+rwX, and its group");
        }

        private FileVisitResult found(String why) {
            lack = Optional.of(why);
            return FileVisitResult.TERMINATE;
        }

        private String name(Path path) {
            return path.equals(root) ? "it" : ShownNames.of(root.relativize(path).toString());
        }
    }
}
