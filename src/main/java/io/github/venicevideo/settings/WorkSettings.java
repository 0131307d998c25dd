package io.github.venicevideo.settings;

import java.util.List;

/** Settings of the work on jobs: sending, asking, fetching, consent. */
final class WorkSettings {

    static final List<Setting> ALL = List.of(
            Setting.of("venice.submit.workers", SettingType.number(1, 1_000), "4",
                    "Jobs being sent at once."),
            Setting.of("venice.poll.workers", SettingType.number(1, 1_000), "8",
                    "Jobs being asked about at once."),
            Setting.of("venice.deliver.workers", SettingType.number(1, 1_000), "2",
                    "Jobs being delivered at once."),
            Setting.of("venice.submit.retry-500", SettingType.FLAG, "false",
                    "Whether to send again after a 500, twice at most: each try may be charged, and counts as spent."),
            Setting.of("venice.limits.queue-per-minute", SettingType.number(1, 1_000_000), "40",
                    "Jobs sent within any 60 seconds; what the server says may lower it."),
            Setting.of("venice.limits.retrieve-per-minute", SettingType.number(1, 1_000_000), "120",
                    "Questions about jobs within any 60 seconds; likewise."),
            Setting.of("venice.limits.failures", SettingType.number(2, 1_000_000), "16",
                    "Answers that are no success within any 30 seconds; at 20 the provider blocks the key."),
            Setting.of("venice.poll.min-interval", SettingType.duration("10ms", "10m"), "3s",
                    "The least time between two polls of one job; `1s` in the sandbox."),
            Setting.of("venice.poll.deadline", SettingType.duration("1m", "7d"), "23h",
                    "An alarm is raised for a job that takes longer, before the provider forgets it."),
            Setting.of("venice.retry.initial-delay", SettingType.duration("10ms", "1h"), "2s",
                    "The first pause after a failed call."),
            Setting.of("venice.retry.max-delay", SettingType.duration("10ms", "1h"), "2m",
                    "The longest pause after a failed call."),
            Setting.of("venice.poll.give-up-after", SettingType.duration("1s", "1d"), "45m",
                    "How long a finished video that cannot be fetched, or a job that is answered with 500, is tried before "
                    + "the job fails."),
            Setting.of("venice.gate.probe-interval", SettingType.duration("10ms", "1h"), "5m",
                    "How often a closed gate is tried: the key or the account was refused, or two requests in a row are in "
                    + "doubt."),
            Setting.of("venice.answers.files", SettingType.FLAG, "true",
                    "Whether an `answer.json` beside a parked bundle is taken as its answer."),
            Setting.of("venice.cleanup", SettingType.FLAG, "true",
                    "Whether the provider's copy of a video is deleted once the video is at all its destinations."),
            Setting.of("venice.consent.policy-trusted-for", SettingType.duration("0ms", "365d"), "24h",
                    "How long consent goes out unasked after the provider last showed the policy text."),
            Setting.of("venice.consent.valid-for", SettingType.duration("1h", "36500d"), "",
                    "How long an attestation holds that does not say so itself, such as `365d`."),
            Setting.of("venice.consent.recheck", SettingType.duration("100ms", "1d"), "1m",
                    "How often jobs that wait for consent are looked at again."),
            Setting.of("venice.consent.remember-refusals", SettingType.FLAG, "true",
                    "Whether media that were refused for good are refused the next time without an upload."),
            Setting.of("venice.download.allowed-hosts", SettingType.LIST, "",
                    "Hosts that a `download_url` may name though they are plain http or private."),
            Setting.of("venice.download.workers", SettingType.number(1, 1_000), "8",
                    "Videos being fetched at once, beside the questions."),
            Setting.of("venice.download.max-size", SettingType.number(1, 1_000_000), "4096",
                    "The largest video that is fetched, in MB."),
            Setting.of("venice.download.min-speed", SettingType.number(1, 1_000_000), "10",
                    "A video that comes more slowly than this, in kB per second, is given up and fetched again later."),
            Setting.of("venice.disk.min-free", SettingType.number(0, 100_000_000), "500",
                    "MB that fetching leaves free on the disk; below it, nothing more is sent to the queue, finished videos "
                    + "wait at the provider's, which forgets them after a day, and the health is down."));

    private WorkSettings() {
    }
}
