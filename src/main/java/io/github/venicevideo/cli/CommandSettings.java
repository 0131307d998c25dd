package io.github.venicevideo.cli;

import io.github.venicevideo.ledger.KeyId;
import io.github.venicevideo.settings.Api;
import io.github.venicevideo.settings.Settings;
import java.nio.file.Path;
import java.util.Properties;

/**
 * What a command works with.
 *
 * @param settings merged as the program itself would, with the sandbox's home when there is no key
 * @param given the same as they were set
 * @param sandbox whether there is no key
 * @param file the settings file as it stands, for what it says about Camel itself
 */
record CommandSettings(Settings settings, Settings given, boolean sandbox, Properties file) {

    static CommandSettings of(Settings settings, Properties file) {
        boolean sandbox = settings.text("venice.api.key").isEmpty();
        return new CommandSettings(sandbox ? SandboxMode.of(settings).settings() : settings, settings, sandbox, file);
    }

    /** The key that the program sends with, as the ledger knows it. */
    KeyId keyId() {
        String api = sandbox ? Api.SANDBOX : Api.at(settings.required("venice.api.url")).name();
        return KeyId.of(api, settings.text("venice.api.key"));
    }

    /** {@code venice.home}. */
    Path home() {
        return Path.of(settings.required("venice.home")).toAbsolutePath().normalize();
    }

    /** Where the ledger lies. */
    Path ledger() {
        return settings.text("venice.ledger.dir").map(Path::of).orElse(home().resolve(".ledger"));
    }
}
