package io.github.venicevideo.intake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a dropped bundle looks like at one moment, without reading it.
 *
 * @param files size and time of each file, keyed by its path below the drop folder
 * @param ready whether its {@code .ready} file is there
 * @param folder whether it is a folder, which may still be filled
 */
record Snapshot(SortedMap<String, String> files, boolean ready, boolean folder) {

    private static final String READY = ".ready";
    private static final Set<String> TEXT = Set.of("txt", "md", "json", "yaml", "yml");

    /** Looks at a bundle. Files that vanish while it looks make it differ from the next look, and so wait. */
    static Snapshot of(Path drop, Path bundle) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        boolean ready = false;
        try (Stream<Path> paths = Files.walk(bundle)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                BasicFileAttributes attributes =
                        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (attributes.isDirectory()) {
                    continue;
                }
                if (path.equals(bundle.resolve(READY))) {
                    ready = true;
                } else if (!IgnoredNames.isIgnored(bundle.getParent().relativize(path))) {
                    files.put(drop.relativize(path).toString(),
                            attributes.size() + "@" + attributes.lastModifiedTime().toMillis());
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return new Snapshot(files, ready, Files.isDirectory(bundle));
    }

    /** The one file that stands for the bundle, so that it is taken once. */
    Optional<String> trigger() {
        return files.isEmpty() ? Optional.empty() : Optional.of(files.firstKey());
    }

    /** Whether it is a folder with texts alone, whose pictures may still be on their way. */
    boolean isPromptOnly() {
        return folder && files.keySet().stream().allMatch(name ->
                TEXT.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)));
    }
}
