package io.github.venicevideo.settings;

import java.util.List;

/** Settings of what goes out: deliveries, what is kept, events, the ledger, the console. */
final class OutgoingSettings {

    static final List<Setting> ALL = List.of(
            Setting.of("venice.delivery.to", SettingType.NAMES, "videos",
                    "Where videos go: names out of `venice.destinations.NAME`, or `videos`."),
            Setting.of("venice.delivery.name", SettingType.TEMPLATE, "{name}",
                    "What a video is called, with placeholders such as `{date}`."),
            Setting.of("venice.delivery.include-bundle", SettingType.FLAG, "false",
                    "Whether the bundle's own media go along, into a folder of the video's name."),
            Setting.of("venice.delivery.optional-for", SettingType.duration("1ms", "30d"), "5m",
                    "How long a destination that is not required may fail before a job is delivered without it."),
            Setting.of("venice.zone", SettingType.ZONE, "UTC",
                    "The time zone of `{date}` in a video's name, and of the day's budget."),
            Setting.of("venice.retention.done", SettingType.duration("1h", "36500d"), "",
                    "How long bundles are kept in `done/`, such as `90d`; empty: for ever."),
            Setting.of("venice.retention.failed", SettingType.duration("1h", "36500d"), "",
                    "The same for `failed/`."),
            Setting.of("venice.retention.parked", SettingType.duration("1h", "36500d"), "",
                    "How long a bundle that cost nothing waits for an answer before it is ended; empty: for ever."),
            Setting.of("venice.retention.history", SettingType.duration("1h", "36500d"), "",
                    "How long the ledger keeps what jobs that have ended had asked for; empty: for ever."),
            Setting.of("venice.events.uri", SettingType.ENDPOINT, "",
                    "A Camel endpoint that gets one JSON event for each job that ends or is parked."),
            Setting.of("venice.generate.timeout", SettingType.duration("1s", "7d"), "30m",
                    "How long `direct:venice-video-generate` waits for a video."),
            Setting.of("venice.ledger.idle", SettingType.duration("1ms", "1m"), "1s",
                    "How often the ledger is asked for work that nobody announced."),
            Setting.of("venice.ledger.lease", SettingType.duration("30s", "7d"), "2m",
                    "How long a claim on a job outlives the program that made it."),
            Setting.of("venice.log.format", SettingType.oneOf("text", "json"), "text",
                    "How the program by itself writes its log: `text`, or `json`, an object a line."),
            Setting.of("venice.console.port", SettingType.PORT, "8080",
                    "The port of the console; 0 takes any free one and says which, `off` takes none. In the sandbox, while "
                    + "something else listens on 8080, any free one.").orEmpty(),
            Setting.of("venice.console.host", SettingType.TEXT, "127.0.0.1",
                    "Where the console listens; anywhere but on this machine it needs a token."),
            Setting.of("venice.console.token", SettingType.TOKEN, "",
                    "The secret, of at least 16 characters, that callers of the console send as `Authorization: Bearer`.").hidden());

    private OutgoingSettings() {
    }
}
