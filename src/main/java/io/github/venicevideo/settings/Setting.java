package io.github.venicevideo.settings;

import java.util.Optional;

/**
 * One line of the table of settings.
 *
 * @param key with {@code NAME} where a name is the user's own
 * @param standard the value that holds where nobody sets one; empty: none
 * @param required whether it needs a value
 * @param secret whether its value is never shown
 * @param since the version that had it first
 * @param successor for a setting that was removed: what has taken its place
 * @param sentence what it says
 */
public record Setting(String key, SettingType type, String standard, boolean required, boolean secret, String since,
        Optional<String> successor, String sentence) {

    /** Stands in the key for a name that the user gives. */
    public static final String NAME = "NAME";

    private static final String FIRST_VERSION = "0.1.0";

    static Setting of(String key, SettingType type, String standard, String sentence) {
        return new Setting(key, type, standard, !standard.isEmpty(), type.mayHoldSecrets(), FIRST_VERSION, Optional.empty(), sentence);
    }

    static Setting removed(String key, String successor) {
        return new Setting(key, SettingType.TEXT, "", false, false, FIRST_VERSION, Optional.of(successor), "");
    }

    Setting hidden() {
        return new Setting(key, type, standard, required, true, since, successor, sentence);
    }

    Setting orEmpty() {
        return new Setting(key, type, standard, false, secret, since, successor, sentence);
    }

    /** The same for another key, without a value of its own. */
    Setting as(String other) {
        return new Setting(other, type, "", false, secret, since, successor, sentence);
    }

    /** A value as it may be shown. */
    public String shown(String value) {
        int scheme = value.indexOf(':');
        return value.isEmpty() || !secret ? value
                : type.equals(SettingType.ENDPOINT) && scheme > 0 ? value.substring(0, scheme) + ":…" : "(not shown)";
    }
}
