package io.github.venicevideo.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.api.AttestedMedium;
import io.github.venicevideo.ledger.consent.ConsentHead;
import io.github.venicevideo.ledger.consent.ConsentRow;
import io.github.venicevideo.venice.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The report of which videos rest on which attestation, for programs, for spreadsheets and for people. */
public final class ConsentTable {

    private static final List<String> COLUMNS = List.of("attestation", "kind", "by", "at", "flow", "policy_hash", "way", "note",
        "valid_until", "revoked_at", "media_sha256", "media_names", "revoked_media", "job_id", "used_at", "superseded", "bundle",
        "state", "video_sha256", "delivered_to");
    private static final String ERASED = "(erased)";
    private static final int SHORT = 12;

    private ConsentTable() {
    }

    /** For programs: the head of the chain, and the rows. */
    public static ObjectNode json(ConsentHead head, List<ConsentRow> rows) {
        ObjectNode document = Json.mapper().createObjectNode();
        document.set("head", json(head));
        ArrayNode list = document.putArray("consents");
        rows.forEach(row -> list.add(json(row)));
        return document;
    }

    /** For programs: where the chain ends. */
    public static ObjectNode json(ConsentHead head) {
        return Json.mapper().createObjectNode().put("entries", head.entries()).put("hash", head.hash());
    }

    private static ObjectNode json(ConsentRow row) {
        ObjectNode node = Json.mapper().createObjectNode();
        node.put("attestation", row.attestationId());
        put(node, "kind", row.kind());
        put(node, "by", row.by());
        put(node, "at", row.at());
        node.put("flow", row.flow());
        put(node, "policy_hash", row.policyHash());
        put(node, "way", row.way());
        put(node, "note", row.note());
        put(node, "valid_until", row.validUntil());
        put(node, "revoked_at", row.revokedAt());
        ArrayNode media = node.putArray("media");
        for (AttestedMedium medium : row.media()) {
            ObjectNode one = media.addObject();
            put(one, "sha256", medium.sha256());
            one.put("name", medium.name());
            one.put("revoked", medium.sha256().filter(row.revokedMedia()::contains).isPresent());
        }
        row.use().ifPresent(use -> {
            ObjectNode job = node.putObject("job");
            job.put("job_id", use.jobId());
            put(job, "used_at", Optional.of(use.at()));
            job.put("superseded", use.superseded());
            put(job, "bundle", use.bundle());
            put(job, "state", use.state());
            put(job, "video_sha256", use.videoSha256());
            ArrayNode locations = job.putArray("delivered_to");
            use.locations().forEach(locations::add);
        });
        return node;
    }

    private static void put(ObjectNode node, String name, Optional<?> value) {
        value.ifPresent(present -> node.put(name, present.toString()));
    }

    /** For spreadsheets (RFC 4180): a line for each attestation and job; several values of a cell have a space between them. */
    public static String csv(List<ConsentRow> rows) {
        return Spreadsheet.csv(COLUMNS, rows.stream().map(ConsentTable::cells).toList());
    }

    private static List<String> cells(ConsentRow row) {
        Optional<ConsentRow.Use> use = row.use();
        return List.of(row.attestationId(), text(row.kind()), text(row.by()), text(row.at()), row.flow(),
                text(row.policyHash()), text(row.way()), text(row.note()), text(row.validUntil()), text(row.revokedAt()),
                row.media().stream().flatMap(medium -> medium.sha256().stream()).collect(Collectors.joining(" ")),
                row.media().stream().map(AttestedMedium::name).collect(Collectors.joining(" ")),
                String.join(" ", row.revokedMedia()), text(use.map(ConsentRow.Use::jobId)), text(use.map(ConsentRow.Use::at)),
                text(use.map(ConsentRow.Use::superseded)), text(use.flatMap(ConsentRow.Use::bundle)),
                text(use.flatMap(ConsentRow.Use::state)), text(use.flatMap(ConsentRow.Use::videoSha256)),
                use.map(job -> String.join(" ", job.locations())).orElse(""));
    }

    private static String text(Optional<?> value) {
        return value.map(Object::toString).orElse("");
    }

    /** For people. */
    public static String text(ConsentHead head, List<ConsentRow> rows) {
        StringBuilder text = new StringBuilder();
        String before = "";
        for (ConsentRow row : rows) {
            if (!row.attestationId().equals(before)) {
                attestation(text, row);
                before = row.attestationId();
            }
            row.use().ifPresent(use -> use(text, use));
        }
        text.append(rows.isEmpty() ? "Nothing is attested.\n" : "");
        return text.append("Head of the chain: ").append(head).append('\n').toString();
    }

    private static void attestation(StringBuilder text, ConsentRow row) {
        text.append(row.kind().isPresent() ? row.by().map(ConsentTable::line).orElse(ERASED)
                : row.by().map(ConsentTable::line).orElse(ERASED) + " (kept by another store)");
        row.at().ifPresent(at -> text.append(", ").append(at));
        text.append("  ").append(line(row.attestationId())).append('\n');
        text.append("    ").append(row.flow()).append(row.policyHash().map(hash -> ", policy " + shortened(hash))
                .orElse(", no policy shown")).append(row.kind().map(kind -> ", " + kind).orElse(""))
                .append(row.way().map(way -> " by " + way.toLowerCase(Locale.ROOT)).orElse(""))
                .append(row.validUntil().map(until -> ", until " + until).orElse(""))
                .append(row.revokedAt().map(at -> ", REVOKED " + at).orElse("")).append('\n');
        row.note().ifPresent(note -> text.append("    ").append(line(note)).append('\n'));
        row.media().forEach(medium -> text.append("    ").append(medium.sha256().map(ConsentTable::shortened).orElse("a URL"))
                .append("  ").append(line(medium.name()))
                .append(medium.sha256().filter(row.revokedMedia()::contains).map(hash -> "  REVOKED").orElse("")).append('\n'));
    }

    private static void use(StringBuilder text, ConsentRow.Use use) {
        text.append("    -> ").append(use.jobId()).append("  ").append(use.bundle().map(ConsentTable::line).orElse(ERASED))
                .append("  ").append(use.state().orElse("not in the ledger")).append(use.superseded() ? "  (superseded)" : "")
                .append('\n');
        use.videoSha256().ifPresent(hash -> text.append("       video ").append(shortened(hash)).append('\n'));
        use.locations().forEach(location -> text.append("       ").append(line(location)).append('\n'));
    }

    private static String shortened(String hash) {
        return hash.length() > SHORT ? hash.substring(0, SHORT) + "…" : hash;
    }

    /** What people have written must not move the cursor of whoever reads it. */
    private static String line(String value) {
        return value.codePoints().map(point -> Character.isISOControl(point) ? '?' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }
}
