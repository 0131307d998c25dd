package io.github.venicevideo.intake;

import io.github.venicevideo.home.BorderLimits;
import io.github.venicevideo.intake.names.IgnoredNames;
import io.github.venicevideo.intake.names.UnfinishedNames;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What something in a drop folder looks like at one moment, without reading it and without following a link.
 *
 * @param files what counts for the bundle, by its path below the drop folder
 * @param others what is ignored in it, but tells that somebody is still at work there
 * @param ready whether its {@code .ready} file is there
 * @param kind of the thing itself
 * @param unfinished the name of a copy that is under way, by its name
 * @param bytes of all files together
 * @param tooMuch whether it holds more than can be taken at all; then the rest is not looked at
 */
record Snapshot(Map<String, Stamp> files, Map<String, Stamp> others, boolean ready, Kind kind, Optional<String> unfinished,
        long bytes, boolean tooMuch) {

    private static final String READY = ".ready";
    private static final Set<String> TEXT = Set.of("txt", "md", "json", "yaml", "yml");

    /** What lies in the drop folder. */
    enum Kind {
        FOLDER, FILE, LINK, SPECIAL, GONE;

        private static Kind of(BasicFileAttributes attributes) {
            if (attributes.isSymbolicLink() || attributes.isDirectory() && attributes.isOther()) {
                return LINK;
            }
            if (attributes.isDirectory()) {
                return FOLDER;
            }
            return attributes.isRegularFile() ? FILE : SPECIAL;
        }
    }

    /** Size and time of a file. */
    record Stamp(long bytes, long millis) {

        private static Stamp of(BasicFileAttributes attributes) {
            return new Stamp(attributes.size(), attributes.lastModifiedTime().toMillis());
        }
    }

    /** Looks at a bundle. Files that vanish while it looks make it differ from the next look, and so wait. */
    static Snapshot of(Path drop, Path bundle, BorderLimits limits) {
        Looker looker = new Looker(drop, bundle, limits);
        try {
            Kind kind = Kind.of(Files.readAttributes(bundle, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
            Files.walkFileTree(bundle, EnumSet.noneOf(java.nio.file.FileVisitOption.class), limits.depth() + 2, looker);
            return looker.seen(kind);
        } catch (NoSuchFileException e) {
            return looker.seen(Kind.GONE);
        } catch (IOException e) {
            return looker.seen(Kind.FOLDER);
        }
    }

    /** Whether there is something to make a video of, or to refuse. */
    boolean isBundle() {
        return !files.isEmpty() && kind != Kind.SPECIAL && kind != Kind.GONE;
    }

    /** Whether it is a folder with texts alone, whose pictures may still be on their way. */
    boolean isPromptOnly() {
        return kind == Kind.FOLDER && files.keySet().stream().allMatch(name ->
                TEXT.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)));
    }

    /** Goes through one bundle. */
    private static final class Looker extends SimpleFileVisitor<Path> {

        private final Path drop;
        private final Path bundle;
        private final BorderLimits limits;
        private final Map<String, Stamp> files = new TreeMap<>();
        private final Map<String, Stamp> others = new TreeMap<>();
        private boolean ready;
        private Optional<String> unfinished = Optional.empty();
        private long bytes;
        private boolean tooMuch;

        Looker(Path drop, Path bundle, BorderLimits limits) {
            this.drop = drop;
            this.bundle = bundle;
            this.limits = limits;
        }

        Snapshot seen(Kind kind) {
            return new Snapshot(Map.copyOf(files), Map.copyOf(others), ready, kind, unfinished, bytes, tooMuch);
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            tooMuch |= drop.relativize(folder).getNameCount() > limits.depth();
            return tooMuch ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            Path relative = drop.relativize(file);
            String name = file.getFileName().toString();
            if (file.equals(bundle.resolve(READY))) {
                ready = true;
                return FileVisitResult.CONTINUE;
            }
            boolean isUnfinished = UnfinishedNames.isUnfinished(name);
            if (isUnfinished) {
                unfinished = Optional.of(relative.toString());
            }
            (isUnfinished || IgnoredNames.isIgnored(relative) ? others : files).put(relative.toString(), Stamp.of(attributes));
            bytes += attributes.isRegularFile() ? attributes.size() : 0;
            tooMuch |= files.size() + others.size() > limits.files() || bytes > limits.bytes();
            return tooMuch ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            // It went away, or may not be read; whoever takes the bundle finds out.
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException failure) {
            return FileVisitResult.CONTINUE;
        }
    }
}
