package io.github.venicevideo.submit;

import io.github.venicevideo.s3.FilePart;
import io.github.venicevideo.venice.MediaChangedException;
import io.github.venicevideo.venice.request.Media;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A medium's own bytes in a file: the bundle's, or what its data URL decodes to, until it is closed.
 *
 * @param medium what was recorded of it
 * @param path where its bytes lie
 * @param ours whether the file is removed afterwards
 */
record StagedFile(Media medium, Path path, boolean ours) implements AutoCloseable {

    static StagedFile of(Media medium, Path workFolder) throws IOException {
        Path file = workFolder.resolve(medium.path()).normalize();
        try {
            if (!file.toRealPath().startsWith(workFolder.toRealPath()) || Files.size(file) != medium.bytes()) {
                throw changed(medium);
            }
        } catch (NoSuchFileException e) {
            throw changed(medium);
        }
        return medium.dataUrl() ? new StagedFile(medium, decoded(medium, file, workFolder), true)
                : new StagedFile(medium, file, false);
    }

    /**
     * Reads it through.
     *
     * @throws MediaChangedException when its bytes are not those that were recorded
     */
    void verify() throws IOException {
        if (!HexFormat.of().formatHex(new FilePart(path, 0, Files.size(path)).sha256()).equals(medium.sha256())) {
            throw changed(medium);
        }
    }

    @Override
    public void close() throws IOException {
        if (ours) {
            Files.deleteIfExists(path);
        }
    }

    private static Path decoded(Media medium, Path file, Path workFolder) throws IOException {
        Path decoded = Files.createTempFile(workFolder, "staged", ".tmp");
        try (InputStream text = new BufferedInputStream(Files.newInputStream(file))) {
            for (int c = text.read(); c != ',' && c >= 0; c = text.read()) {
                continue;
            }
            try (InputStream bytes = Base64.getDecoder().wrap(text); OutputStream out = Files.newOutputStream(decoded)) {
                bytes.transferTo(out);
            }
        } catch (IOException e) {
            Files.deleteIfExists(decoded);
            throw e;
        }
        return decoded;
    }

    private static MediaChangedException changed(Media medium) {
        return new MediaChangedException("The file " + medium.path() + " for " + medium.field()
                + " is not what was recorded.");
    }
}
