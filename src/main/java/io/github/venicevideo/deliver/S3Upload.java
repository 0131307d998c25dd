package io.github.venicevideo.deliver;

import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What an S3 store is told about an object beside its bytes.
 *
 * @param item the object
 * @param metadata kept with it; ASCII
 * @param overwrite whether an object that is there under its key may be replaced whatever the endpoint says, since it is
 *        this job's own
 * @param partSize the size of its parts in bytes, where it goes in parts
 * @param begins is run before a multipart upload is begun
 * @param begun is told the id of a multipart upload before its first part is sent
 */
record S3Upload(Item item, Map<String, String> metadata, boolean overwrite, long partSize, Runnable begins, Consumer<String> begun) {

    /** Base64 SHA-256 of a part, from 1. */
    String partSha256(int part) throws IOException {
        try (InputStream in = Files.newInputStream(((File) item.content()).toPath())) {
            in.skipNBytes(partSize * (part - 1));
            return Sha256.base64(Sha256.of(in, partSize));
        }
    }

    /** What S3 calls the composite checksum: the SHA-256 of the parts' SHA-256s, with how many there are. */
    String compositeSha256() throws IOException {
        int parts = (int) ((item.bytes() + partSize - 1) / partSize);
        byte[] digests = new byte[parts * Sha256.LENGTH];
        try (InputStream in = new BufferedInputStream(Files.newInputStream(((File) item.content()).toPath()))) {
            for (int part = 0; part < parts; part++) {
                System.arraycopy(Sha256.of(in, partSize), 0, digests, part * Sha256.LENGTH, Sha256.LENGTH);
            }
        }
        return Sha256.base64(Sha256.hex(digests)) + "-" + parts;
    }
}
