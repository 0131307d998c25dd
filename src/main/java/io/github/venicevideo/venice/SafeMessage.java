package io.github.venicevideo.venice;

import java.util.regex.Pattern;

/** What went wrong with a call, as a line that holds no address: a {@code download_url} is a secret. */
public final class SafeMessage {

    private static final int LONGEST = 500;
    private static final Pattern ADDRESS = Pattern.compile("(?i)\\b[a-z][a-z0-9+.-]*://\\S*");
    /** The path and query of a request, which some exceptions show without its host. */
    private static final Pattern PATH = Pattern.compile("(?<=^|\\s)/\\S*\\?\\S*");

    private SafeMessage() {
    }

    public static String of(Throwable failure) {
        String message = CleanText.of(failure.getMessage(), LONGEST);
        String safe = PATH.matcher(ADDRESS.matcher(message).replaceAll("(an address)")).replaceAll("(an address)");
        return safe.isEmpty() ? failure.getClass().getSimpleName() : failure.getClass().getSimpleName() + ": " + safe;
    }
}
