package io.github.venicevideo.home;

import io.github.venicevideo.home.foreign.ForeignFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the copy of a bundle out of the mirror that its files were brought into. Lives for one copy. */
final class MirrorCopy {

    private final Copying copying;
    private final Map<Path, BasicFileAttributes> seen = new HashMap<>();

    MirrorCopy(Copying copying) {
        this.copying = copying;
    }

    /** @param staged the file or folder that what was dropped becomes; a folder without files where it is neither */
    void copy(Path mirror, Path staged) throws IOException {
        Path folders = mirror.resolve(Draining.FOLDERS);
        if (Files.exists(folders)) {
            for (Path folder : Names.in(folders)) {
                folder(folder, staged, "", 1);
            }
        } else if (Files.exists(mirror.resolve(Draining.FILES))) {
            List<Path> files = Names.in(mirror.resolve(Draining.FILES));
            if (!files.isEmpty()) {
                try (ForeignFolder from = ForeignFolder.of(mirror.resolve(Draining.FILES))) {
                    file(from, files.get(0), staged, "");
                }
            }
        }
        if (!Files.exists(staged)) {
            Files.createDirectory(staged);
        }
    }

    /** @throws StillWrittenException when one of the files is another than was copied */
    void checkUnchanged() throws IOException {
        for (Map.Entry<Path, BasicFileAttributes> file : seen.entrySet()) {
            if (!Copying.isAsBefore(file.getValue(), attributes(file.getKey()))) {
                throw new StillWrittenException(file.getKey().getFileName().toString());
            }
        }
    }

    private void folder(Path mirror, Path target, String spelled, int depth) throws IOException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            copying.leaveOut(spelled, Oddity.REPLACED);
            return;
        }
        Files.createDirectory(target);
        Path files = mirror.resolve(Draining.FILES);
        if (Files.exists(files)) {
            try (ForeignFolder from = ForeignFolder.of(files)) {
                for (Path file : Names.in(files)) {
                    file(from, file, target.resolve(file.getFileName()), Names.below(spelled, file.getFileName(), depth));
                }
            }
        }
        Path folders = mirror.resolve(Draining.FOLDERS);
        if (Files.exists(folders)) {
            for (Path folder : Names.in(folders)) {
                folder(folder, target.resolve(folder.getFileName()), Names.below(spelled, folder.getFileName(), depth), depth + 1);
            }
        }
        PosixFileAttributeView modes = Files.getFileAttributeView(mirror, PosixFileAttributeView.class);
        if (modes != null) {
            Modes.setLike(target, modes.readAttributes().permissions(), Modes.FOLDER);
        }
        DurableFiles.syncFolder(target);
    }

    private void file(ForeignFolder from, Path file, Path target, String spelled) throws IOException {
        seen.put(file, attributes(file));
        copying.file(from, file.getFileName(), target, spelled, Copying.links(file));
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}
