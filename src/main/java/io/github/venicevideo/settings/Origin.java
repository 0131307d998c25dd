package io.github.venicevideo.settings;

import java.nio.file.Path;

/**
 * Where a value comes from.
 *
 * @param key as it is spelt there
 * @param place for people, such as {@code in the file /srv/application.properties}
 * @param ours whether nobody but this program reads what stands there, so that a key which it does not know is a slip
 */
public record Origin(String key, String place, boolean ours) {

    static Origin packaged(String key) {
        return new Origin(key, "by default", false);
    }

    static Origin file(String key, Path file) {
        return new Origin(key, "in the file " + file.toAbsolutePath().normalize(), true);
    }

    static Origin environment(String key) {
        return new Origin(key, "by the environment variable " + key, false);
    }

    static Origin system(String key, boolean ours) {
        return new Origin(key, "by the system property " + key, ours);
    }

    static Origin host(String key) {
        return new Origin(key, "by the properties of the Camel context", false);
    }

    static Origin sandbox(String key) {
        return new Origin(key, "by the sandbox, since venice.api.key is not set", false);
    }

    static Origin given(String key) {
        return new Origin(key, "by whoever started it", false);
    }
}
