package io.github.venicevideo.sandbox.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The two ports, remembered in a file, so that stored {@code download_url}s outlive a restart.
 *
 * @param remembered whether they are those of an earlier run, and not a first guess
 */
public record Ports(int api, int download, boolean remembered) {

    /** Below the range from which systems take ports for outgoing connections, which would be gone at a restart. */
    private static final int FIRST = 20_000;
    private static final int COUNT = 10_000;

    /** What the file says, else a first guess that differs from folder to folder. */
    public static Ports read(Path file, ObjectMapper mapper) {
        if (Files.exists(file)) {
            try {
                JsonNode json = mapper.readTree(file.toFile());
                if (json.path("api").isInt() && json.path("download").isInt()) {
                    return new Ports(json.path("api").asInt(), json.path("download").asInt(), true);
                }
            } catch (IOException torn) {
                // as if there were none
            }
        }
        int guess = FIRST + Math.floorMod(file.toAbsolutePath().toString().hashCode(), COUNT / 2) * 2;
        return new Ports(guess, guess + 1, false);
    }

    public void write(Path file, ObjectMapper mapper) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(part,
                mapper.createObjectNode().put("api", api).put("download", download).toPrettyString() + "\n");
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
