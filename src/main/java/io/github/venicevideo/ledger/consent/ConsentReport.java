package io.github.venicevideo.ledger.consent;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.Video;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Which videos rest on which attestation, and whether the chain that says so is whole. */
public final class ConsentReport {

    private final Supplier<Jdbi> sql;

    public ConsentReport(Supplier<Jdbi> sql) {
        this.sql = sql;
    }

    /** Where the chain ends now. */
    public ConsentHead head() {
        return sql.get().withHandle(ConsentHead::read);
    }

    /**
     * Checks the whole chain.
     *
     * @param expected a head that was exported earlier and has to be in it
     */
    public ConsentCheck check(Optional<String> expected) {
        return ConsentCheck.of(ConsentChain.read(sql.get()), expected);
    }

    /** The attestations, oldest first, each with every job that rests on it. */
    public List<ConsentRow> rows(ConsentFilter filter) {
        ConsentChain chain = ConsentChain.read(sql.get());
        Map<String, List<ConsentEntry>> uses = new LinkedHashMap<>();
        Map<String, Integer> grants = new HashMap<>();
        for (ConsentEntry use : chain.ofKind(ConsentLog.USE)) {
            uses.computeIfAbsent(use.subject(), id -> new ArrayList<>()).add(use);
            grants.merge(use.jobId().orElse(""), grant(use), Math::max);
        }
        Jobs jobs = new Jobs(grants);
        return sql.get().withHandle(handle -> {
            List<ConsentRow> rows = new ArrayList<>();
            for (ConsentEntry attestation : chain.ofKind(ConsentLog.ATTESTATION)) {
                List<ConsentEntry> resting = Optional.ofNullable(uses.remove(attestation.subject())).orElse(List.of());
                if (resting.isEmpty()) {
                    rows.add(row(chain, attestation, attestation, Optional.empty()));
                }
                resting.forEach(use -> rows.add(row(chain, attestation, use, Optional.of(jobs.use(handle, use)))));
            }
            uses.values().forEach(elsewhere -> elsewhere.forEach(use -> rows.add(elsewhere(chain, use, jobs.use(handle, use)))));
            return rows.stream().filter(filter::admits).toList();
        });
    }

    private static ConsentRow row(ConsentChain chain, ConsentEntry attestation, ConsentEntry about,
            Optional<ConsentRow.Use> use) {
        JsonNode facts = ConsentChain.facts(attestation);
        var media = Attestations.media(ConsentChain.facts(about).path("media").asInt(), chain.values(about));
        return new ConsentRow(attestation.subject(), Optional.of(facts.path("kind").asText()), chain.secret(attestation, "by"),
                Optional.of(attestation.at()), facts.path("flow").asText(), text(facts, "policy_hash"), text(facts, "way"),
                chain.secret(attestation, "note"), facts.has("valid_until")
                        ? Optional.of(Instant.ofEpochMilli(facts.path("valid_until").asLong())) : Optional.empty(),
                chain.revocationOf(attestation).map(ConsentEntry::at), media,
                media.stream().flatMap(medium -> medium.sha256().stream())
                        .filter(hash -> chain.revocationOf(attestation, hash).isPresent()).toList(), use);
    }

    /** The attestation is kept by a store that was bound in place of ours. */
    private static ConsentRow elsewhere(ConsentChain chain, ConsentEntry use, ConsentRow.Use job) {
        JsonNode facts = ConsentChain.facts(use);
        return new ConsentRow(use.subject(), Optional.empty(), chain.secret(use, "by"), Optional.empty(),
                facts.path("flow").asText(), text(facts, "policy_hash"), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Attestations.media(facts.path("media").asInt(), chain.values(use)), List.of(),
                Optional.of(job));
    }

    static int grant(ConsentEntry use) {
        return ConsentChain.facts(use).path("grant").asInt();
    }

    static Optional<String> text(JsonNode facts, String name) {
        return facts.hasNonNull(name) ? Optional.of(facts.path(name).asText()) : Optional.empty();
    }

    /** @param grants the latest of each job */
    private record Jobs(Map<String, Integer> grants) {

        ConsentRow.Use use(Handle handle, ConsentEntry use) {
            String id = use.jobId().orElse("");
            Optional<Job> job = handle.createQuery("SELECT * FROM job WHERE id = :id").bind("id", id).mapTo(Job.class)
                    .findOne();
            List<String> locations = handle.createQuery("SELECT location FROM delivery WHERE job_id = :id"
                            + " AND delivered_at IS NOT NULL ORDER BY destination")
                    .bind("id", id).mapTo(String.class).list();
            return new ConsentRow.Use(id, use.at(), grant(use) < grants.getOrDefault(id, 0),
                    job.map(Job::bundle).filter(name -> !name.isEmpty()), job.map(of -> of.state().toString()),
                    job.flatMap(Job::video).map(Video::sha256), locations);
        }
    }
}
