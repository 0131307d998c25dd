package io.github.venicevideo.settings;

import io.github.venicevideo.venice.Spelling;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All settings that there are. The packaged file, the README, an editor's completion and {@code --settings} say what stands here. */
public final class SettingsTable {

    private static final String DEFAULTS = "venice.defaults.";
    private static final int FAR = 5;

    /** Those with one key, in the order in which they are shown. */
    public static final List<Setting> ALL = Stream.of(IncomingSettings.ALL, WorkSettings.ALL, OutgoingSettings.ALL)
            .flatMap(List::stream).toList();

    /** Those with a name in their keys; what stands below {@code venice.defaults} stands below each drop folder too. */
    public static final List<Setting> NAMED = NamedSettings.ALL;

    /** Those that an earlier version had, for one version more. */
    public static final List<Setting> REMOVED = List.of(Setting.removed("venice.consent.eligible-models",
            "which models ask for consent is learnt from their answers, and kept in the ledger"));

    private static final Map<String, Setting> BY_KEY = Stream.concat(ALL.stream(), REMOVED.stream())
            .collect(Collectors.toUnmodifiableMap(setting -> Settings.canonical(setting.key()), Function.identity()));

    private static final List<Setting> OPEN = Stream.concat(NAMED.stream(), ALL.stream()
            .filter(setting -> setting.key().startsWith(DEFAULTS))
            .map(setting -> setting.as("venice.drops." + Setting.NAME + ".defaults." + setting.key().substring(DEFAULTS.length()))))
            .toList();

    private static final Map<Setting, Pattern> PATTERNS = OPEN.stream().collect(Collectors.toUnmodifiableMap(Function.identity(),
            setting -> pattern(setting.key())));

    private SettingsTable() {
    }

    private static Pattern pattern(String key) {
        int name = key.indexOf(Setting.NAME);
        return Pattern.compile(Pattern.quote(Settings.canonical(key.substring(0, name))) + "([^.]+)"
                + Pattern.quote(Settings.canonical(key.substring(name + Setting.NAME.length()))));
    }

    /** The setting of a key, however it is spelt; also one that was removed. */
    public static Optional<Setting> find(String key) {
        String canonical = Settings.canonical(key);
        return Optional.ofNullable(BY_KEY.get(canonical))
                .or(() -> OPEN.stream().filter(setting -> PATTERNS.get(setting).matcher(canonical).matches()).findFirst());
    }

    /** The name that a key has in it. */
    public static Optional<String> name(String key) {
        String canonical = Settings.canonical(key);
        return BY_KEY.containsKey(canonical) ? Optional.empty() : OPEN.stream()
                .map(setting -> PATTERNS.get(setting).matcher(canonical)).filter(Matcher::matches)
                .map(matcher -> matcher.group(1)).findFirst();
    }

    /** The key that somebody may have meant. */
    static Optional<String> nearest(String key) {
        String canonical = Settings.canonical(key);
        return Stream.concat(ALL.stream().map(Setting::key), OPEN.stream().map(setting -> named(setting.key(), canonical)))
                .filter(known -> distance(known, canonical) < FAR)
                .min(Comparator.comparingInt(known -> distance(known, canonical)));
    }

    private static String named(String key, String canonical) {
        String[] segments = canonical.split("\\.");
        int place = List.of(key.split("\\.")).indexOf(Setting.NAME);
        return place < segments.length ? key.replace(Setting.NAME, segments[place]) : key;
    }

    private static int distance(String known, String canonical) {
        return Spelling.distance(Settings.canonical(known), canonical);
    }
}
