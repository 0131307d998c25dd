package io.github.venicevideo.intake.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.intake.draft.BundleFile;
import io.github.venicevideo.intake.draft.BundleOptions;
import io.github.venicevideo.intake.draft.LongData;
import io.github.venicevideo.intake.draft.Manifest;
import io.github.venicevideo.intake.names.SafeNames;
import io.github.venicevideo.intake.problem.Findings;
import io.github.venicevideo.intake.problem.InvalidBundleException;
import io.github.venicevideo.intake.problem.ProblemCode;
import io.github.venicevideo.intake.problem.ReadLimits;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Finds and reads the manifest of a bundle, if it has one. */
final class ManifestReader {

    private static final String OPTIONS = "bundle";

    private final ReadLimits limits;
    private final JsonText json;
    private final YamlText yaml;

    ManifestReader(ReadLimits limits) {
        this.limits = limits;
        this.json = new JsonText();
        this.yaml = new YamlText(limits);
    }

    Manifest read(Content content, Unpacked unpacked, Findings findings) throws InvalidBundleException, IOException {
        Optional<BundleFile> file = choose(content, findings);
        if (file.isEmpty()) {
            return Manifest.none();
        }
        LongData data = new LongData();
        Optional<JsonNode> value = parse(file.get(), unpacked, data, findings);
        if (value.isPresent() && !value.get().isObject()) {
            findings.add(ProblemCode.NOT_AN_OBJECT, file.get().name(), "", "", "one request: {\"model\": …, \"prompt\": …}",
                    value.get().isArray() ? "Make a bundle of each entry of the list." : "");
        }
        if (value.isEmpty() || !value.get().isObject()) {
            // Without the manifest everything else would only look wrong.
            findings.throwIfAny();
        }
        ObjectNode fields = (ObjectNode) value.orElseThrow();
        JsonNode options = fields.remove(OPTIONS);
        if (options == null || !data.isAllowedIn(options, file.get().name(), OPTIONS, findings)) {
            return new Manifest(file, fields, BundleOptions.NONE, data);
        }
        return new Manifest(file, fields, new BundleOptionsReader(file.get().name(), findings).read(options), data);
    }

    private Optional<JsonNode> parse(BundleFile file, Unpacked unpacked, LongData data, Findings findings) throws IOException {
        Optional<String> text = new ManifestText(file, limits, unpacked, data).read(findings);
        return text.flatMap(t -> file.isJson() ? json.read(file.name(), t, findings)
                : yaml.read(file.name(), t, findings));
    }

    private static Optional<BundleFile> choose(Content content, Findings findings) {
        List<BundleFile> candidates = content.files().stream()
                .filter(file -> file.isTopLevel() && file.isManifest())
                .toList();
        Optional<BundleFile> chosen = candidates.stream()
                .filter(file -> SafeNames.caseless(file.stem()).equals("request"))
                .findFirst()
                .or(() -> candidates.stream().findFirst());
        candidates.stream().filter(file -> file != chosen.get()).forEach(file ->
                findings.add(ProblemCode.SECOND_MANIFEST, file.name(), "", "", "one request.json or request.yaml",
                        "There is " + chosen.get().name() + " already: keep one, or make a bundle of each."));
        return chosen;
    }

}
