package io.github.venicevideo.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;

/**
 * The scripts that make the ledger's tables. Flyway would look for each of them in every jar of the class path, many times in a
 * start; it is told instead where they are.
 */
final class Migrations implements ResourceProvider {

    /** Each with the version that its name begins with; a released one never changes. */
    static final List<String> NAMES = List.of("V1__ledger.sql", "V2__limits.sql", "V3__consent.sql", "V4__deliveries.sql",
            "V5__errands.sql", "V6__home.sql", "V7__sources.sql", "V7_1__staging.sql", "V8__retention.sql", "V9__model_names.sql",
            "V10__wire_calls.sql", "V10_1__forgetting.sql", "V12__clock_step.sql",
            "V12_1__unread_columns.sql", "V14__bundle_folders.sql", "V14_1__queue_ids.sql", "V16__download_url_origin.sql",
            "V16_1__api_reach.sql", "V16_2__balance_seen.sql", "V17__prices.sql", "V17_1__consent_models.sql",
            "V19__hot_paths.sql");

    private static final String FOLDER = "venice-video/migrations/";

    private final List<LoadableResource> scripts = NAMES.stream().<LoadableResource>map(Script::new).toList();

    /** Flyway expects {@code null} for what is not there, such as a script's own settings. */
    @Override
    public LoadableResource getResource(String name) {
        return scripts.stream().filter(script -> script.getRelativePath().equals(name)).findFirst().orElse(null);
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return scripts.stream().filter(script -> script.getFilename().startsWith(prefix)
                && Arrays.stream(suffixes).anyMatch(script.getFilename()::endsWith)).toList();
    }

    /** Read when it is first asked for, and then kept: Flyway reads each several times. */
    private static final class Script extends LoadableResource {

        private final String name;
        private String text;

        Script(String name) {
            this.name = name;
        }

        @Override
        public synchronized Reader read() {
            if (text == null) {
                text = load();
            }
            return new StringReader(text);
        }

        private String load() {
            try (InputStream in = Migrations.class.getClassLoader().getResourceAsStream(getAbsolutePath())) {
                if (in == null) {
                    throw new IOException(getAbsolutePath() + " is not on the class path");
                }
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException("A script of the ledger cannot be read: " + e.getMessage(), e);
            }
        }

        @Override
        public String getAbsolutePath() {
            return FOLDER + name;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return getAbsolutePath();
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return name;
        }
    }
}
