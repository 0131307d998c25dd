package io.github.venicevideo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.venicevideo.intake.bundle.Bundle;
import io.github.venicevideo.intake.bundle.BundleMedium;
import io.github.venicevideo.venice.endpoint.PlainUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A request as it would go out, fit to be shown: media stand there by what they are, and of URLs what comes after the
 * path is left out, since it may let whoever reads it fetch what is behind it.
 */
final class ShownRequest {

    private final Map<String, BundleMedium> media;

    private ShownRequest(List<BundleMedium> media) {
        this.media = media.stream().collect(Collectors.toMap(BundleMedium::field, Function.identity()));
    }

    static JsonNode of(Bundle bundle) {
        return new ShownRequest(bundle.media()).shown(bundle.request().fields(), "");
    }

    private JsonNode shown(JsonNode node, String path) {
        if (media.containsKey(path)) {
            return TextNode.valueOf("(" + described(media.get(path)) + ")");
        }
        if (node.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(field -> object.set(field.getKey(),
                    shown(field.getValue(), path.isEmpty() ? field.getKey() : path + "." + field.getKey())));
            return object;
        }
        if (node.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < node.size(); i++) {
                array.add(shown(node.get(i), path + "[" + i + "]"));
            }
            return array;
        }
        return node.isTextual() && PlainUrl.isUrl(node.textValue()) ? TextNode.valueOf(PlainUrl.of(node.textValue())) : node;
    }

    /** A medium in a few words. */
    static String described(BundleMedium medium) {
        List<String> facts = new ArrayList<>(List.of(medium.mimeType(), size(medium.bytes())));
        if (medium.width() > 0) {
            facts.add(medium.width() + " x " + medium.height());
        }
        if (medium.seconds() > 0) {
            facts.add(String.format(Locale.ROOT, "%.1f s", medium.seconds()));
        }
        return medium.file() + ": " + String.join(", ", facts);
    }

    static String size(long bytes) {
        return bytes < 1_000 ? bytes + " B" : bytes < 1_000_000 ? bytes / 1_000 + " kB"
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
