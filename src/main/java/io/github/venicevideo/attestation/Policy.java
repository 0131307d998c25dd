package io.github.venicevideo.attestation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What the provider asks a person to agree to (contract, "Consent: 409").
 *
 * @param flow the provider's name of the procedure, such as {@code seedance}
 * @param version the provider's own name of the text; informational
 * @param text exactly as the provider gave it
 */
public record Policy(String flow, String version, String text) {

    /** Which text it is: lower-case hex SHA-256 of its UTF-8 bytes. */
    public String hash() {
        return hashOf(text);
    }

    /** The same of a text that a person holds in hand. */
    public static String hashOf(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
