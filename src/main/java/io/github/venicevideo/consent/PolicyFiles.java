package io.github.venicevideo.consent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.api.Policy;
import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.home.HandOut;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.OwnerOnly;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.request.ConsentFlow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lays each policy text, and a form to agree to it, where people find it who want to consent ahead of any bundle. */
final class PolicyFiles {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyFiles.class);

    private static final String POLICIES = "policies";

    private final Path root;
    private final Path desk;

    PolicyFiles(Home home) {
        this.root = home.root().resolve("consents");
        this.desk = home.consentsDesk();
    }

    /** Writes them, unless they are there. A disk that does not take them keeps no job from going on. */
    void write(Policy policy, ConsentFlow flow) {
        String name = policy.flow() + "-" + policy.hash().substring(0, 12);
        Path text = root.resolve(POLICIES).resolve(name + ".txt");
        try {
            if (!Files.exists(text)) {
                lay(name + "-form.json", Json.pretty(form(policy, flow)));
                lay(name + ".txt", policy.text().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            LOG.warn("The policy text could not be written to {}: {}", text, e.getMessage());
        }
    }

    /** Others may write there: it is made where they may not. */
    private void lay(String name, byte[] content) throws IOException {
        Files.createDirectories(root);
        Files.createDirectories(desk);
        OwnerOnly.restrict(desk);
        DurableFiles.write(desk.resolve(name), content);
        HandOut.move(desk.resolve(name), root, POLICIES);
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
