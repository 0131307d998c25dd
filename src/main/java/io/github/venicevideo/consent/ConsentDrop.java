package io.github.venicevideo.consent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.attestation.Attestation;
import io.github.venicevideo.attestation.ConsentStore;
import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.Json;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what people put into {@code consents/}: statements about media, ahead of any bundle, and revocations. Each is a
 * {@code .json} file, or a folder with {@code attestation.json} or {@code revocation.json} in it beside the media.
 */
public final class ConsentDrop {

    private static final Logger LOG = LoggerFactory.getLogger(ConsentDrop.class);
    private static final List<String> INSIDE = List.of("attestation.json", "revocation.json");

    private final Path root;
    private final Clock clock;
    private final Duration settle;
    private final boolean enabled;
    private final GivenAhead ahead;
    private final Revoking revoking;

    public ConsentDrop(Home home, Ledger ledger, ConsentStore store, Clock clock, Settings settings) {
        this.root = home.root().resolve("consents");
        this.clock = clock;
        this.settle = settings.duration("venice.drop.settle");
        this.enabled = settings.flag("venice.answers.files");
        this.ahead = new GivenAhead(ledger, store, clock, settings);
        this.revoking = new Revoking(ledger, store, clock);
    }

    /** Takes one, once nothing in it has changed for {@code venice.drop.settle}; one that cannot be used is put aside. */
    public void take(File found) throws IOException {
        Path json = found.toPath().toAbsolutePath().normalize();
        boolean inFolder = !json.getParent().equals(root);
        Path unit = inFolder ? json.getParent() : json;
        if (!enabled || !unit.getParent().equals(root) || inFolder && !INSIDE.contains(json.getFileName().toString())) {
            return;
        }
        try {
            if (Files.isSymbolicLink(unit)) {
                throw new IllegalArgumentException(unit.getFileName() + " is a link. Put the files themselves there.");
            }
            DroppedConsent dropped = DroppedConsent.read(unit, json);
            if (clock.instant().isBefore(dropped.changedAt().plus(settle))) {
                return;
            }
            finish(unit, "taken", Map.of("result.json", Json.pretty(taken(dropped))));
            LOG.info("A person's {} was taken from consents/", json.getFileName());
        } catch (IllegalArgumentException e) {
            LOG.warn("{} in consents/ is refused; consents/refused says why", unit.getFileName());
            finish(unit, "refused", Map.of("error.txt", (e.getMessage() + "\nNothing was recorded of it. Mend it and put"
                    + " it back into consents/.\n").getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchFileException e) {
            LOG.debug("It was taken away again", e);
        }
    }

    private ObjectNode taken(DroppedConsent dropped) {
        JsonNode form = AnswerFile.parse(dropped.json(), dropped.name());
        if (form.has("revoke")) {
            return revoking.take(form, dropped.name(), dropped.changedAt().toString(), dropped.files());
        }
        Attestation attestation = ahead.take(form, dropped.name(), dropped.policyText(), dropped.files(), Attestation.Way.FILE);
        ObjectNode result = Json.mapper().createObjectNode();
        result.put("attestation", attestation.id()).put("policy_hash", attestation.policyHash().orElse(""));
        attestation.media().forEach(medium -> result.withArray("media").addObject()
                .put("sha256", medium.sha256().orElse("")).put("name", medium.name()));
        return result;
    }

    /** Moves it away, with what is to be said about it. */
    private void finish(Path unit, String where, Map<String, byte[]> documents) throws IOException {
        String name = unit.getFileName().toString().replaceFirst("\\.json$", "");
        Path target = root.resolve(where).resolve(name);
        for (int i = 2; Files.exists(target); i++) {
            target = root.resolve(where).resolve(name + "-" + i);
        }
        Files.createDirectories(target.getParent());
        if (Files.isDirectory(unit)) {
            DurableFiles.move(unit, target);
        } else {
            Files.createDirectories(target);
            DurableFiles.move(unit, target.resolve(unit.getFileName()));
        }
        for (Map.Entry<String, byte[]> document : documents.entrySet()) {
            DurableFiles.write(target.resolve(document.getKey()), document.getValue());
        }
    }
}
