package io.github.venicevideo.console;

import io.github.venicevideo.api.InvalidSettingException;
import io.github.venicevideo.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** The secret that callers of the console send as {@code Authorization: Bearer …}; never in a URI, a log or an answer. */
public final class ConsoleToken {

    static final int SHORTEST = 16;

    private static final String SCHEME = "Bearer ";

    private final byte[] secret;

    private ConsoleToken(String secret) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The token that is set.
     *
     * @throws InvalidSettingException when it is shorter than 16 characters; it is not repeated in the message
     */
    public static Optional<ConsoleToken> of(Settings settings) {
        Optional<String> text = settings.text("venice.console.token");
        if (text.filter(value -> value.length() < SHORTEST).isPresent()) {
            throw new InvalidSettingException("venice.console.token", "(not shown)", "at least " + SHORTEST + " characters");
        }
        return text.map(ConsoleToken::new);
    }

    /** Whether the value of an {@code Authorization} header bears it; takes as long for a near miss as for any other. */
    boolean isBorneBy(String authorization) {
        return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && MessageDigest.isEqual(secret,
                        authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "ConsoleToken";
    }
}
