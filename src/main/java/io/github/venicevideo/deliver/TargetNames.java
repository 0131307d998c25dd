package io.github.venicevideo.deliver;

import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.settings.Destinations;
import io.github.venicevideo.settings.Settings;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;

/** What videos are called at each destination. */
final class TargetNames {

    private final Map<String, VideoNames> byDestination = new HashMap<>();
    private final VideoNames common;

    /**
     * Reads the templates.
     *
     * @throws io.github.venicevideo.api.InvalidSettingException when the common one cannot be used
     */
    TargetNames(Destinations destinations, Settings settings) {
        ZoneId zone = ZoneId.of(settings.required("venice.zone"));
        common = new VideoNames(settings.checked("venice.delivery.name"), zone);
        destinations.all().forEach(destination -> byDestination.put(destination.name(), destination.nameTemplate()
                .map(own -> new VideoNames(own, zone)).orElse(common)));
    }

    /** The video's name, with its folders and without an extension; the common one where the destination is not configured. */
    String of(Job job, String destination) {
        return byDestination.getOrDefault(destination, common).of(job);
    }
}
