package io.github.venicevideo.ledger;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Which API key something in the ledger is about, without being the key: budgets and the gate are each key's own.
 *
 * @param api the name of the API that it is for
 * @param value a digest of key and API, in hexadecimal
 */
public record KeyId(String api, String value) {

    private static final int BYTES = 12;

    /** @param api the name of the API that the key is for */
    public static KeyId of(String api, Optional<String> key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((api + "\n" + key.map(String::strip).orElse("")).getBytes(StandardCharsets.UTF_8));
            return new KeyId(api, HexFormat.of().formatHex(digest.digest(), 0, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
