package io.github.venicevideo.settings;

import io.github.venicevideo.api.InvalidSettingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at every setting before anything is begun: whether somebody reads it, and whether its value can be used. */
public final class SettingsCheck {

    private static final Logger LOG = LoggerFactory.getLogger(SettingsCheck.class);
    private static final String DROPS = "venice.drops";
    private static final String SOURCES = "venice.drop.sources";
    /** What stands there is applied as it is, so a slip must not wait for the first bundle, wherever it was made. */
    private static final Pattern READ_WHOLE = Pattern.compile(
            "venice\\.(defaults|destinations|consent\\.standing|drops\\.[^.]+\\.defaults)\\.");
    /** Bundles that come by a call have defaults too. */
    private static final String CALLS = "direct";

    private final Settings settings;
    private final List<InvalidSettingException> refusals = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private SettingsCheck(Settings settings) {
        this.settings = settings;
    }

    /** What there is to say of these settings. */
    public static SettingsCheck of(Settings settings) {
        SettingsCheck check = new SettingsCheck(settings);
        SettingsTable.ALL.stream().filter(setting -> setting.required() && settings.text(setting.key()).isEmpty())
                .forEach(setting -> check.refusals.add(new InvalidSettingException(setting.key(), "", setting.type().allowed())));
        settings.keys().forEach(check::look);
        return check;
    }

    private void look(String key) {
        Origin origin = settings.origin(key).orElseGet(() -> Origin.given(key));
        Optional<Setting> known = SettingsTable.find(key);
        if (known.isEmpty()) {
            unread(origin, "there is no such setting" + SettingsTable.nearest(key).map(near -> "; " + near + " is one").orElse(""), isReadWhole(key));
        } else if (known.get().successor().isPresent()) {
            warnings.add(origin.key() + " is set " + origin.place() + " and changes nothing any more: " + known.get().successor().get()
                    + ". Take it out of your settings.");
        } else {
            settings.text(key).filter(value -> !known.get().type().fits().test(value)).ifPresent(value -> refusals.add(
                    new InvalidSettingException(origin.key(), known.get().secret() ? "(not shown)" : value, known.get().type().allowed())));
            SettingsTable.name(key).flatMap(name -> nobodys(Settings.canonical(key), name)).ifPresent(why -> unread(origin, why, false));
        }
    }

    private static boolean isReadWhole(String key) {
        return READ_WHOLE.matcher(Settings.canonical(key)).lookingAt();
    }

    /** Why a name that is well formed is not one that something has. */
    private Optional<String> nobodys(String key, String name) {
        String list = key.startsWith(SOURCES + ".") ? SOURCES : DROPS;
        if (!key.startsWith(list + ".") || settings.list(list).contains(name)
                || list.equals(DROPS) && name.equals(CALLS) && key.startsWith(DROPS + "." + CALLS + ".defaults.")) {
            return Optional.empty();
        }
        return Optional.of(list + " does not name " + name + ", only " + settings.list(list));
    }

    /** The value is not shown: nobody knows what it is. */
    private void unread(Origin origin, String why, boolean always) {
        String sentence = "Setting " + origin.key() + " is read by nobody: " + why + ".";
        if (origin.ours() || always) {
            refusals.add(InvalidSettingException.saying(origin.key(), sentence));
        } else {
            warnings.add(sentence + " It is set " + origin.place() + ".");
        }
    }

    /** Why these settings cannot be used, a sentence each; none when they can. */
    public List<String> refusals() {
        return refusals.stream().map(refusal -> settings.located(refusal).getMessage()).distinct().toList();
    }

    /** What is no harm, and not as it was meant. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /**
     * Warns in the log.
     *
     * @throws InvalidSettingException with all sentences, when the settings cannot be used
     */
    public void tell() {
        warnings.forEach(LOG::warn);
        if (!refusals.isEmpty()) {
            throw refusals.size() == 1 ? settings.located(refusals.get(0)) : InvalidSettingException.saying("",
                    refusals().stream().collect(Collectors.joining(" ")));
        }
    }
}
