package io.github.venicevideo.cli;

import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.settings.Api;
import io.github.venicevideo.venice.catalogue.CatalogueCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * The API as a command asks it: the real one with a key, else a sandbox of its own; nobody when it is to be offline.
 *
 * @param api whose rules and prices they are
 * @param calls empty: nobody is asked
 * @param catalogue what the program last heard, in a copy: that of the home is the program's own to write
 * @param scratch a folder that is removed afterwards
 */
record AskedApi(Api api, Optional<ApiCalls> calls, CatalogueCache catalogue, Path scratch) {

    /** What a command does with it. */
    interface Work<T> {
        T with(AskedApi asked) throws Exception;
    }

    /** Does the work, and leaves nothing behind. */
    static <T> T during(CommandSettings start, boolean offline, Clock clock, Work<T> work) throws Exception {
        Path scratch = Files.createTempDirectory("venice-video-command");
        try {
            Api configured = Api.at(start.settings().required("venice.api.url"));
            if (offline) {
                Api api = start.sandbox() ? new Api(Api.SANDBOX, configured.url()) : configured;
                return work.with(new AskedApi(api, Optional.empty(), catalogue(start, api, scratch, clock), scratch));
            }
            if (!start.sandbox()) {
                return online(configured, start, clock, scratch, work);
            }
            try (SandboxMode sandbox = SandboxMode.of(start.settings())) {
                sandbox.start(scratch.resolve("sandbox"));
                return online(sandbox.api(), start, clock, scratch, work);
            }
        } finally {
            DurableFiles.deleteTree(scratch);
        }
    }

    private static <T> T online(Api api, CommandSettings start, Clock clock, Path scratch, Work<T> work) throws Exception {
        try (ApiCalls calls = ApiCalls.open(api, start, clock)) {
            return work.with(new AskedApi(api, Optional.of(calls), catalogue(start, api, scratch, clock), scratch));
        }
    }

    private static CatalogueCache catalogue(CommandSettings start, Api api, Path scratch, Clock clock) throws IOException {
        Path copy = scratch.resolve(CatalogueCache.FILE);
        try {
            Files.copy(start.home().resolve(CatalogueCache.FILE), copy);
        } catch (NoSuchFileException e) {
            // Nothing was heard yet.
        }
        return new CatalogueCache(copy, api.name(), clock, start.settings().duration("venice.catalogue.refresh"));
    }
}
