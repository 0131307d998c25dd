package io.github.venicevideo.intake.source;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;

/** The name that a sender or a broker gave to a message. */
final class GivenReference {

    private static final Pattern PLAIN = Pattern.compile("[\\x21-\\x7e]{1,200}");

    private GivenReference() {
    }

    /** It as it is, where it is plain text; else its SHA-256. */
    static String of(String given) {
        return PLAIN.matcher(given).matches() ? given : hashed(given);
    }

    /** Its SHA-256. */
    static String hashed(String given) {
        MessageDigest digest = DigestUtils.getSha256Digest();
        digest.update(given.getBytes(StandardCharsets.UTF_8));
        return of(digest);
    }

    /** For a message without a name: what its content comes to. */
    static String of(MessageDigest content) {
        return "sha256-" + HexFormat.of().formatHex(content.digest());
    }
}
