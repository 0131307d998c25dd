package io.github.venicevideo.intake.media;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Names what is packed otherwise than bundles are: other archives by their first bytes, other methods of a zip by number. */
public final class Archive {

    private static final int HEAD = 300;

    public static final String WAY_OUT = "Make a .zip of it with the method Deflate, or drop it as a folder.";

    private static final Map<String, String> BEGINNINGS = Map.of("7z\u00bc\u00af'\u001c", "7z", "Rar!\u001a\u0007", "RAR",
            "\u001f\u008b", "gzip", "BZh", "bzip2", "\u00fd7zXZ\0", "xz", "(\u00b5/\u00fd", "Zstandard", "MSCF\0\0\0\0", "CAB",
            "xar!", "xar", "LZIP", "lzip");
    private static final int TAR = 257;

    private static final Map<Integer, String> METHODS = Map.ofEntries(Map.entry(1, "Shrink"), Map.entry(6, "Implode"),
            Map.entry(9, "Deflate64"), Map.entry(12, "BZip2"), Map.entry(14, "LZMA"), Map.entry(20, "Zstandard"),
            Map.entry(93, "Zstandard"), Map.entry(94, "MP3"), Map.entry(95, "XZ"), Map.entry(96, "JPEG"),
            Map.entry(97, "WavPack"), Map.entry(98, "PPMd"));

    private Archive() {
    }

    /** What kind of archive begins so; empty for a zip, and for what is none. */
    public static Optional<String> kind(Path file) throws IOException {
        String start;
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            start = new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
        }
        return start.startsWith("ustar", TAR) ? Optional.of("tar")
                : BEGINNINGS.entrySet().stream().filter(entry -> start.startsWith(entry.getKey())).map(Map.Entry::getValue).findFirst();
    }

    /** What a zip's method is called that is not read; empty for those that are. */
    public static Optional<String> method(int method) {
        return method == 0 || method == 8 ? Optional.empty() : Optional.of(METHODS.getOrDefault(method, "method " + method));
    }
}
