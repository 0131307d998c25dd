package io.github.venicevideo.intake.bundle;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.intake.media.Medium;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The identity of a request: SHA-256 over a canonical form (sorted keys, numbers by value), with each medium whose
 * bytes we have as {@code {"mime":…,"sha256":…}}. So a folder, a zip and a manifest with data URLs that come to
 * the same video have the same identity.
 */
final class ContentHash {

    private final MessageDigest digest = DigestUtils.getSha256Digest();
    private final Map<String, Medium> media;

    private ContentHash(Map<String, Medium> media) {
        this.media = media;
    }

    /** @param media by JSON pointer into the fields */
    static String of(ObjectNode fields, Map<String, Medium> media) {
        ContentHash hash = new ContentHash(media);
        hash.add(fields, "");
        return HexFormat.of().formatHex(hash.digest.digest());
    }

    private void add(JsonNode node, String pointer) {
        Medium medium = media.get(pointer);
        if (medium != null) {
            add("{\"mime\":\"" + medium.mimeType() + "\",\"sha256\":\"" + medium.sha256() + "\"}");
        } else if (node.isObject()) {
            object(node, pointer);
        } else if (node.isArray()) {
            array(node, pointer);
        } else if (node.isTextual()) {
            text(node.textValue());
        } else if (node.isNumber()) {
            add(canonical(node.decimalValue()));
        } else {
            add(node.asText());
        }
    }

    private void object(JsonNode object, String pointer) {
        TreeMap<String, JsonNode> sorted = new TreeMap<>();
        object.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        String separator = "{";
        for (Map.Entry<String, JsonNode> entry : sorted.entrySet()) {
            add(separator);
            text(entry.getKey());
            add(":");
            add(entry.getValue(), pointer + "/" + entry.getKey());
            separator = ",";
        }
        add(sorted.isEmpty() ? "{}" : "}");
    }

    private void array(JsonNode array, String pointer) {
        add("[");
        for (int i = 0; i < array.size(); i++) {
            add(i == 0 ? "" : ",");
            add(array.get(i), pointer + "/" + i);
        }
        add("]");
    }

    private static String canonical(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toString();
    }

    private void text(String text) {
        add("\"");
        digest.update(JsonStringEncoder.getInstance().quoteAsUTF8(text));
        add("\"");
    }

    private void add(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
    }
}
