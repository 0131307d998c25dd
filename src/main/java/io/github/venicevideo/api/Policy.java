package io.github.venicevideo.api;

import org.apache.commons.codec.digest.DigestUtils;

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
        return DigestUtils.sha256Hex(text);
    }
}
