package io.github.venicevideo.sandbox.api;

import io.github.venicevideo.sandbox.clip.ClipMaker;
import io.github.venicevideo.sandbox.clip.ClipText;
import io.github.venicevideo.sandbox.clip.FirstPicture;
import io.github.venicevideo.sandbox.wire.Spool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The finished videos: made when first asked for, then kept. The same job always gives the same bytes. */
public final class Videos {

    private final Path dir;
    private final ClipMaker maker;
    private final Map<String, Object> locks = new ConcurrentHashMap<>();
    private final Map<String, String> hashes = new ConcurrentHashMap<>();

    public Videos(Path dir, ClipMaker maker) throws IOException {
        this.dir = Files.createDirectories(dir);
        this.maker = maker;
    }

    Path of(Job job) throws IOException {
        Path file = file(job);
        synchronized (locks.computeIfAbsent(job.queueId(), id -> new Object())) {
            if (!Files.exists(file)) {
                Path part = dir.resolve(job.queueId() + ".part");
                maker.make(text(job), FirstPicture.of(firstPicture(job.queueId())), part);
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            }
            if (!hashes.containsKey(job.queueId())) {
                hashes.put(job.queueId(), Spool.sha256(file));
            }
        }
        locks.remove(job.queueId());
        return file;
    }

    /** Of a video that was made. */
    public Optional<String> sha256(Job job) {
        try {
            return hashes.containsKey(job.queueId()) || Files.exists(file(job))
                    ? Optional.of(hashes.computeIfAbsent(job.queueId(), id -> hash(job))) : Optional.empty();
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private String hash(Job job) {
        try {
            return Spool.sha256(file(job));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the small copy of a job's first picture lies, if it has one. */
    Path firstPicture(String queueId) {
        return dir.resolve(queueId + ".png");
    }

    private static ClipText text(Job job) {
        String prompt = job.request().path("prompt").asText("(no prompt)");
        return new ClipText("SANDBOX  " + job.model(), prompt, job.request().path("aspect_ratio").asText(""),
                Prices.seconds(job.request().path("duration").asText("")),
                Math.floorMod((job.model() + prompt).hashCode(), 360));
    }

    private Path file(Job job) {
        return dir.resolve(job.queueId() + ".mp4");
    }
}
