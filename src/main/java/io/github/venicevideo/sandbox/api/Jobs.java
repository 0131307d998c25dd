package io.github.venicevideo.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the provider knows: accepted jobs, which of them are deleted, which media are attested. All of it is in the
 * journal before anybody is told, so that it is still there after a kill.
 */
public final class Jobs implements AutoCloseable {

    private final Journal journal;
    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private final Set<String> deleted = new HashSet<>();
    private final Set<String> attested = new HashSet<>();

    public Jobs(Path file, ObjectMapper mapper) throws IOException {
        this.journal = Journal.open(file, mapper, this::apply);
    }

    /** @param newlyAttested see {@link #isAttested} */
    synchronized void accept(Job job, Collection<String> newlyAttested) throws IOException {
        ObjectNode event = event("accepted");
        event.set("job", job.toJson());
        newlyAttested.forEach(event.putArray("attested")::add);
        record(event);
    }

    synchronized void delete(String queueId) throws IOException {
        record(event("deleted").put("queue_id", queueId));
    }

    /** Forgets all attested media, as when consent is revoked in the provider's web app. */
    public synchronized void revokeConsent() throws IOException {
        record(event("revoked"));
    }

    synchronized Job find(String queueId) {
        return jobs.get(queueId);
    }

    public synchronized boolean isDeleted(String queueId) {
        return deleted.contains(queueId);
    }

    /** @param key a medium's SHA-256 and the version of the policy text that was agreed to */
    synchronized boolean isAttested(String key) {
        return attested.contains(key);
    }

    public synchronized List<Job> all() {
        return new ArrayList<>(jobs.values());
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }

    private void record(ObjectNode event) throws IOException {
        journal.append(event);
        apply(event);
    }

    private void apply(JsonNode event) {
        switch (event.path("event").asText()) {
            case "accepted" -> {
                Job job = Job.fromJson(event.path("job"));
                jobs.put(job.queueId(), job);
                event.path("attested").forEach(key -> attested.add(key.asText()));
            }
            case "deleted" -> deleted.add(event.path("queue_id").asText());
            case "revoked" -> attested.clear();
            default -> { }
        }
    }

    private static ObjectNode event(String name) {
        return JsonNodeFactory.instance.objectNode().put("event", name);
    }
}
