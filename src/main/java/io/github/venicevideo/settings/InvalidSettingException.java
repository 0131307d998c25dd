package io.github.venicevideo.settings;

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
    static InvalidSettingException saying(String key, String sentence) {
        return new InvalidSettingException(key, sentence, null, true);
    }

    /** The same, which also says where the value comes from, unless that is said already or it was not set. */
    public InvalidSettingException setIn(Settings settings) {
        return settings.origin(key).map(Origin::place).filter(place -> !getMessage().contains("It is set ") && !place.equals("by default"))
                .map(place -> new InvalidSettingException(key, getMessage() + " It is set " + place + ".", this, true)).orElse(this);
    }
}
