package io.github.venicevideo.settings;

/** A setting that is missing or cannot be read; the message names the key, the value and what is allowed. */
public final class InvalidSettingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidSettingException(String key, String value, String allowed) {
        this(key, value, allowed, null);
    }

    public InvalidSettingException(String key, String value, String allowed, Throwable cause) {
        super("Setting " + key + (value.isEmpty() ? " is missing" : "=" + value + " cannot be used")
                + ": it needs " + allowed + ".", cause);
    }
}
