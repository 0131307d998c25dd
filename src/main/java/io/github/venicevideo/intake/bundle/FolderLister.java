package io.github.venicevideo.intake.bundle;

import io.github.venicevideo.intake.draft.BundleFile;
import io.github.venicevideo.intake.names.IgnoredNames;
import io.github.venicevideo.intake.names.SafeNames;
import io.github.venicevideo.intake.problem.Findings;
import io.github.venicevideo.intake.problem.InvalidBundleException;
import io.github.venicevideo.intake.problem.ProblemCode;
import io.github.venicevideo.intake.problem.ReadLimits;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Lists the content of a dropped folder. Opens nothing: a pipe would hang, a link could lead anywhere. */
final class FolderLister {

    private final ReadLimits limits;

    FolderLister(ReadLimits limits) {
        this.limits = limits;
    }

    List<BundleFile> list(Path folder, Findings findings) throws InvalidBundleException, IOException {
        Visitor visitor = new Visitor(folder, findings);
        Files.walkFileTree(folder, visitor);
        if (visitor.tooMany) {
            throw findings.fatal(ProblemCode.TOO_MANY_FILES, folder.getFileName().toString(), "", "",
                    "at most " + limits.files() + " files, folders at most " + ReadLimits.DEPTH + " deep, "
                            + limits.megabytes() + " MB in all",
                    "Leave only what this video needs.");
        }
        return visitor.files;
    }

    private final class Visitor extends SimpleFileVisitor<Path> {

        private final Path root;
        private final Path realRoot;
        private final Findings findings;
        private final List<BundleFile> files = new ArrayList<>();
        private long bytes;
        private boolean tooMany;

        Visitor(Path root, Findings findings) throws IOException {
            this.root = root;
            this.realRoot = root.toRealPath();
            this.findings = findings;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            if (!directory.equals(root) && IgnoredNames.isIgnoredFolder(directory.getFileName().toString())) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            tooMany |= root.relativize(directory).getNameCount() > ReadLimits.DEPTH;
            return tooMany ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (IgnoredNames.isIgnored(file.getFileName().toString())) {
                return FileVisitResult.CONTINUE;
            }
            String name = SafeNames.nfc(spell(root.relativize(file)));
            if (attributes.isSymbolicLink()) {
                findings.add(ProblemCode.LINK, name, "", "", "", "Put the file itself into the bundle.");
            } else if (!attributes.isRegularFile()) {
                findings.add(ProblemCode.SPECIAL_FILE, name, "", "", "", "Take it out of the bundle.");
            } else if (!file.toRealPath().startsWith(realRoot)) {
                findings.add(ProblemCode.LINK, name, "", "", "", "Put the file itself into the bundle.");
            } else if (SafeNames.hasUnsafeCharacter(name)) {
                findings.add(ProblemCode.UNSAFE_NAME, name, "", "", "", "Rename it with plain letters and digits.");
            } else if (attributes.size() > limits.unpackedBytes()) {
                findings.add(ProblemCode.FILE_TOO_LARGE, name, "", attributes.size() / 1_000_000 + " MB",
                        "at most " + limits.megabytes() + " MB", "Make it shorter, or encode it smaller.");
            } else {
                files.add(new BundleFile(name, file));
                bytes += attributes.size();
                tooMany = files.size() > limits.files() || bytes > limits.unpackedBytes();
            }
            return tooMany ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }

        private String spell(Path relative) {
            StringBuilder spelled = new StringBuilder();
            for (Path part : relative) {
                spelled.append(spelled.isEmpty() ? "" : "/").append(part);
            }
            return spelled.toString();
        }
    }
}
