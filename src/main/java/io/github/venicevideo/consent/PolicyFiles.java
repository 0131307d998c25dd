package io.github.venicevideo.consent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.attestation.Policy;
import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.venice.ConsentFlow;
import io.github.venicevideo.venice.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lays each policy text, and a form to agree to it, where people find it who want to consent ahead of any bundle. */
final class PolicyFiles {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyFiles.class);

    private final Path folder;

    PolicyFiles(Home home) {
        this.folder = home.root().resolve("consents").resolve("policies");
    }

    /** Writes them, unless they are there. A disk that does not take them keeps no job from going on. */
    void write(Policy policy, ConsentFlow flow) {
        Path text = folder.resolve(policy.flow() + "-" + policy.hash().substring(0, 12) + ".txt");
        try {
            if (!Files.exists(text)) {
                Files.createDirectories(folder);
                DurableFiles.write(folder.resolve(text.getFileName().toString().replace(".txt", "-form.json")),
                        Json.pretty(form(policy, flow)));
                DurableFiles.write(text, policy.text().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            LOG.warn("The policy text could not be written to {}: {}", text, e.getMessage());
        }
    }

    private static ObjectNode form(Policy policy, ConsentFlow flow) {
        ObjectNode form = Json.mapper().createObjectNode();
        form.put("flow", policy.flow()).put("by", "");
        flow.statements().forEach(statement -> form.put(statement, false));
        form.put("note", "").put("valid_until", "").put("policy_text", policy.text());
        form.putArray("media");
        return form;
    }
}
