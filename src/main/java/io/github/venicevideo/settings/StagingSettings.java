package io.github.venicevideo.settings;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Where media go that are not sent in the request's body.
 *
 * @param uri an {@code aws2-s3} endpoint; may hold credentials, so it is never shown
 * @param all whether all media go there, and not only as many as the body is too large by
 * @param urlLife how long the URLs that the provider gets are good for
 */
public record StagingSettings(String uri, boolean all, Duration urlLife) {

    private static final Duration LONGEST = Duration.ofDays(7);
    private static final Duration SHORTEST = Duration.ofMinutes(10);

    /**
     * Reads {@code venice.staging.uri}, {@code .mode} and {@code .url-life}.
     *
     * @return empty when no bucket is set
     * @throws InvalidSettingException when one of them cannot be used
     */
    public static Optional<StagingSettings> of(Settings settings) {
        String mode = settings.required("venice.staging.mode");
        if (!Set.of("large", "all").contains(mode)) {
            throw new InvalidSettingException("venice.staging.mode", mode, "large or all");
        }
        Duration life = settings.duration("venice.staging.url-life");
        if (life.compareTo(SHORTEST) < 0 || life.compareTo(LONGEST) > 0) {
            throw new InvalidSettingException("venice.staging.url-life", settings.required("venice.staging.url-life"),
                    "from 10m to 7d, which is as long as such a URL can live");
        }
        Optional<String> uri = settings.text("venice.staging.uri");
        if (uri.filter(text -> !text.matches("aws2-s3:.+")).isPresent()) {
            throw new InvalidSettingException("venice.staging.uri", "", "a bucket, such as aws2-s3://my-staging?region=eu-central-1");
        }
        return uri.map(text -> new StagingSettings(text, mode.equals("all"), life));
    }

    @Override
    public String toString() {
        return "staging of " + (all ? "all media" : "large media");
    }
}
