package io.github.venicevideo.home;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.venicevideo.venice.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Optional;

/**
 * The intent to send a job, on disk before the POST, and the answer to it, on disk before the ledger has it. While
 * there is an intent without an answer, the job may have been accepted, and nobody sends it again by himself.
 *
 * @param api which API it is sent to
 * @param attempt which attempt of the job, from 1
 * @param writtenAt epoch milliseconds
 * @param model as the queue answered it
 * @param downloadUrl a secret, as everything in the work folder is: nobody but its owner may enter it
 */
public record Intent(String jobId, String api, int attempt, long writtenAt, Optional<String> model,
                     Optional<String> queueId, Optional<String> downloadUrl) {

    /** An intent that has no answer yet. */
    public static Intent of(String jobId, String api, int attempt, Instant at) {
        return new Intent(jobId, api, attempt, at.toEpochMilli(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** This intent with the API's answer. */
    public Intent answered(String answeredModel, String answeredQueueId, Optional<String> answeredDownloadUrl) {
        return new Intent(jobId, api, attempt, writtenAt, Optional.of(answeredModel), Optional.of(answeredQueueId),
                answeredDownloadUrl);
    }

    /** When it was about to be sent; with an answer, when that came. */
    public Instant sentAt() {
        return Instant.ofEpochMilli(writtenAt);
    }

    /** Whether the API is known to have accepted it. */
    public boolean isAnswered() {
        return model.isPresent() && queueId.isPresent();
    }

    /** Writes it, durably. */
    public void write(WorkFolder folder) throws IOException {
        DurableFiles.write(folder.intentFile(), Json.pretty(this));
    }

    /** Takes it back, durably: it is known that nothing was accepted. */
    public static void delete(WorkFolder folder) throws IOException {
        Files.deleteIfExists(folder.intentFile());
        DurableFiles.syncFolder(folder.path());
    }

    /**
     * The intent of a work folder; empty when there is none. One that cannot be read counts as one without an answer,
     * with an empty {@code api}.
     */
    public static Optional<Intent> read(WorkFolder folder) throws IOException {
        try {
            return Optional.of(Json.mapper().readValue(Files.readAllBytes(folder.intentFile()), Intent.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.of(of(folder.jobId(), "", 0, Instant.EPOCH));
        }
    }

    @Override
    public String toString() {
        return "Intent[jobId=" + jobId + ", attempt=" + attempt + ", queueId=" + queueId.orElse("none") + "]";
    }
}
