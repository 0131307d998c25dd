package io.github.venicevideo.api;

/** A setting that is missing or cannot be read; the message names the key, the value, what is allowed, and where it was set. */
public final class InvalidSettingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String key;

    public InvalidSettingException(String key, String value, String allowed) {
        this(key, value, allowed, null);
    }

    public InvalidSettingException(String key, String value, String allowed, Throwable cause) {
        this(key, "Setting " + key + (value.isEmpty() ? " is missing" : "=" + value + " cannot be used")
                + ": it needs " + allowed + ".", cause, true);
    }

    private InvalidSettingException(String key, String sentence, Throwable cause, boolean whole) {
        super(sentence, cause, whole, whole);
        this.key = key;
    }

    /** With a sentence of its own. */
    public static InvalidSettingException saying(String key, String sentence) {
        return new InvalidSettingException(key, sentence, null, true);
    }

    /** The setting's. */
    public String key() {
        return key;
    }

    /** The same, which also says where the value comes from, such as {@code in the file …}, unless that is said already. */
    public InvalidSettingException setIn(String place) {
        return getMessage().contains("It is set ") ? this
                : new InvalidSettingException(key, getMessage() + " It is set " + place + ".", this, true);
    }
}
