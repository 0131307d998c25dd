package io.github.venicevideo.home;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Names of what lies below something that was dropped. */
final class Names {

    private Names() {
    }

    /** @param depth 0 for what was dropped itself, which is called nothing */
    static String below(String folder, Path name, int depth) {
        if (depth == 0) {
            return "";
        }
        return folder.isEmpty() ? name.toString() : folder + "/" + name;
    }

    /** What lies in a folder of ours. */
    static List<Path> in(Path ours) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(ours)) {
            List<Path> all = new ArrayList<>();
            entries.forEach(all::add);
            all.sort(null);
            return all;
        }
    }
}
