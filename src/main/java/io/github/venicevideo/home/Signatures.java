package io.github.venicevideo.home;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.venice.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;

/**
 * Signs what this program writes where others may write too, with a key of the home that it alone can read. It is not in the
 * ledger, so that it outlives one that is lost; a home that is made anew has another.
 */
public final class Signatures {

    /** The field of a document that holds its signature. */
    public static final String FIELD = "signature";

    private static final String FILE = ".signature-key";
    private static final int KEY_BYTES = 32;

    private final Path root;

    public Signatures(Home home) {
        this.root = home.root();
    }

    /** Adds the signature, over everything else in it. */
    public void sign(ObjectNode document) {
        try {
            document.remove(FIELD);
            // As it will be read: a number may be spelt in more ways than one.
            JsonNode read = Json.mapper().readTree(Json.mapper().writeValueAsBytes(document));
            document.put(FIELD, hmac(key().orElseGet(this::makeKey), read));
        } catch (IOException e) {
            throw new UncheckedIOException("A job.json cannot be signed: " + e.getMessage(), e);
        }
    }

    /** Whether this program signed it, in this home. */
    public boolean isOurs(JsonNode document) throws IOException {
        if (!(document instanceof ObjectNode object) || !object.path(FIELD).isTextual()) {
            return false;
        }
        Optional<byte[]> key = key();
        ObjectNode rest = object.deepCopy();
        rest.remove(FIELD);
        return key.isPresent() && MessageDigest.isEqual(hmac(key.get(), rest).getBytes(StandardCharsets.US_ASCII),
                object.path(FIELD).textValue().getBytes(StandardCharsets.UTF_8));
    }

    private static String hmac(byte[] key, JsonNode document) throws JsonProcessingException {
        return new HmacUtils(HmacAlgorithms.HMAC_SHA_256, key).hmacHex(Json.mapper().writeValueAsBytes(document));
    }

    private Optional<byte[]> key() throws IOException {
        try (InputStream in = Files.newInputStream(root.resolve(FILE), LinkOption.NOFOLLOW_LINKS)) {
            byte[] hex = in.readNBytes(2 * KEY_BYTES);
            return hex.length == 2 * KEY_BYTES ? Optional.of(HexFormat.of().parseHex(new String(hex, StandardCharsets.US_ASCII)))
                    : Optional.empty();
        } catch (NoSuchFileException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private synchronized byte[] makeKey() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        Path temporary = DurableFiles.temporary(root);
        try {
            Optional<byte[]> made = key();
            if (made.isPresent()) {
                return made.get();
            }
            OwnerOnly.create(temporary);
            Files.writeString(temporary, HexFormat.of().formatHex(key));
            DurableFiles.syncFile(temporary);
            DurableFiles.move(temporary, root.resolve(FILE));
            return key;
        } catch (IOException e) {
            throw new UncheckedIOException("The key " + root.resolve(FILE) + " cannot be made: " + e.getMessage(), e);
        }
    }
}
