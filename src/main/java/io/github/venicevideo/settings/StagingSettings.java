package io.github.venicevideo.settings;

import io.github.venicevideo.api.InvalidSettingException;
import java.time.Duration;
import java.util.Optional;

/**
 * Where media go that are not sent in the request's body.
 *
 * @param uri an {@code aws2-s3} endpoint; may hold credentials, so it is never shown
 * @param all whether all media go there, and not only as many as the body is too large by
 * @param urlLife how long the URLs that the provider gets are good for
 */
public record StagingSettings(String uri, boolean all, Duration urlLife) {

    /**
     * Reads {@code venice.staging.uri}, {@code .mode} and {@code .url-life}.
     *
     * @return empty when no bucket is set
     * @throws InvalidSettingException when one of them cannot be used
     */
    public static Optional<StagingSettings> of(Settings settings) {
        boolean all = settings.checked("venice.staging.mode").equals("all");
        Duration life = settings.duration("venice.staging.url-life");
        Optional<String> uri = settings.text("venice.staging.uri").map(text -> settings.checked("venice.staging.uri"));
        return uri.map(text -> new StagingSettings(text, all, life));
    }

    @Override
    public String toString() {
        return "staging of " + (all ? "all media" : "large media");
    }
}
