package io.github.venicevideo.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A job that was accepted, and charged for.
 *
 * @param queueId the id that the queue answered
 * @param model the model that the queue answered
 * @param request the request, with each data URL replaced by {@code sandbox-media:<mime>:<sha256>:<bytes>}
 * @param priceUsd what was charged
 * @param acceptedAt when
 * @param state where it stands by the sandbox's clock
 * @param videoSha256 of the video, once it has been fetched for the first time
 * @param downloadUrl of a private model's job
 * @param mediaByPointer kept media by JSON pointer ({@code /reference_image_urls/0}); empty unless bodies are kept
 */
public record AcceptedJob(String queueId, String model, JsonNode request, BigDecimal priceUsd, Instant acceptedAt,
                          State state, Optional<String> videoSha256, Optional<String> downloadUrl,
                          Map<String, Path> mediaByPointer) {

    /** Where a job stands. */
    public enum State { GENERATING, READY, DELETED }

    /** The decoded bytes of the data URL at this JSON pointer; needs {@code SandboxOptions.keepBodies}. */
    public byte[] media(String pointer) throws IOException {
        Path file = mediaByPointer.get(pointer);
        if (file == null) {
            throw new IllegalArgumentException("No kept media at " + pointer + "; there is " + mediaByPointer.keySet());
        }
        return Files.readAllBytes(file);
    }

    public boolean deleted() {
        return state == State.DELETED;
    }
}
