package io.github.venicevideo.ledger;

import java.util.HexFormat;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;

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
        byte[] digest = DigestUtils.sha256(api + "\n" + key.map(String::strip).orElse(""));
        return new KeyId(api, HexFormat.of().formatHex(digest, 0, BYTES));
    }
}
