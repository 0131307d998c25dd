package io.github.venicevideo.venice.client;

import java.util.Locale;

/** The kinds of call: queue and retrieve have a limit each at the provider (contract, "Errors"), and what fails, fails by kind. */
public enum ApiCall {
    /** {@code POST /video/queue}. */
    QUEUE,
    /** {@code POST /video/retrieve}. */
    RETRIEVE,
    /** {@code POST /video/quote}. */
    QUOTE,
    /** Every other call; the contract names no limit for them, but their failures count. */
    OTHER;

    /** The kind of call that goes to a path, such as {@code /api/v1/video/queue}. */
    public static ApiCall at(String path) {
        String plain = path.split("\\?", 2)[0];
        return plain.endsWith("/video/queue") ? QUEUE : plain.endsWith("/video/retrieve") ? RETRIEVE
                : plain.endsWith("/video/quote") ? QUOTE : OTHER;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
