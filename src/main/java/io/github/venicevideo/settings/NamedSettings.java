package io.github.venicevideo.settings;

import java.util.List;

/** Settings of what has a name: it stands in the key where {@code NAME} stands here. */
final class NamedSettings {

    static final List<Setting> ALL = List.of(
            Setting.of("venice.drops.NAME.folder", SettingType.FOLDER, "",
                    "Where the drop folder lies; its name in the home, unless it is set."),
            Setting.of("venice.drops.NAME.deliver-to", SettingType.NAMES, "",
                    "Where the videos of this drop folder go; empty: as `venice.delivery.to` says."),
            Setting.of("venice.drops.NAME.budget.per-job", SettingType.USD, "",
                    "What one job of this drop folder may cost in USD; empty: no limit of its own."),
            Setting.of("venice.drops.NAME.budget.per-day", SettingType.USD, "",
                    "What all jobs of this drop folder may cost on one day in USD; empty: no limit of its own."),
            Setting.of("venice.drop.sources.NAME", SettingType.ENDPOINT, "",
                    "The endpoint URI of a source; may hold credentials, so it is never shown."),
            Setting.of("venice.drop.sources.NAME.drop", SettingType.NAME, "",
                    "The drop folder whose settings hold for what comes from the source; the first, unless it is set."),
            Setting.of("venice.destinations.NAME", SettingType.ENDPOINT, "",
                    "The endpoint URI of a destination; may hold credentials, so it is never shown."),
            Setting.of("venice.destinations.NAME.required", SettingType.FLAG, "",
                    "Whether a job waits until this destination has its video; `true`, unless it is set."),
            Setting.of("venice.destinations.NAME.name", SettingType.TEMPLATE, "",
                    "What videos are called there; empty: as `venice.delivery.name` says."),
            Setting.of("venice.consent.standing.NAME.person", SettingType.TEXT, "",
                    "Who consents ahead for one drop folder: the full name."),
            Setting.of("venice.consent.standing.NAME.policy-hash", SettingType.HASH, "",
                    "The one policy text that this consent is about."),
            Setting.of("venice.consent.standing.NAME.drop", SettingType.NAME, "",
                    "The drop folder that this consent is limited to."),
            Setting.of("venice.consent.standing.NAME.confirms", SettingType.LIST, "",
                    "What that person confirms, statement by statement."),
            Setting.of("venice.consent.standing.NAME.until", SettingType.DAY, "",
                    "The last day on which this consent holds, such as `2027-01-31`."));

    private NamedSettings() {
    }
}
