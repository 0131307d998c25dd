package io.github.venicevideo.consent;

import io.github.venicevideo.api.InvalidSettingException;
import io.github.venicevideo.home.drop.Drops;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.request.ConsentFlow;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A named person who consents ahead for whatever comes through one drop folder, under one policy text. There is none
 * unless somebody configures it, statement by statement.
 *
 * @param name as configured
 * @param policyHash the one text that it is about
 * @param drop the drop folder that it is limited to
 * @param until from then on it serves nothing
 */
public record StandingConsent(String name, String person, String policyHash, String drop, List<String> confirmed, Instant until) {

    private static final String PREFIX = "venice.consent.standing";
    private static final Set<String> KEYS = Set.of("person", "policy.hash", "drop", "confirms", "until");

    /**
     * All that are configured below {@code venice.consent.standing.<name>}.
     *
     * @throws InvalidSettingException when one is not whole: half of a statement is none
     */
    public static List<StandingConsent> all(Settings settings, Drops drops, ZoneId zone) {
        Set<String> names = new TreeSet<>();
        settings.below(PREFIX).keySet().forEach(key -> {
            int dot = key.indexOf('.');
            if (dot < 1 || !KEYS.contains(key.substring(dot + 1))) {
                throw new InvalidSettingException(PREFIX + "." + key, "",
                        "a key that ends in .person, .policy-hash, .drop, .confirms or .until");
            }
            names.add(key.substring(0, dot));
        });
        List<StandingConsent> all = new ArrayList<>();
        names.forEach(name -> all.add(read(settings, drops, zone, name)));
        return List.copyOf(all);
    }

    private static StandingConsent read(Settings settings, Drops drops, ZoneId zone, String name) {
        String key = PREFIX + "." + name;
        String hash = settings.checked(key + ".policy-hash");
        String drop = settings.required(key + ".drop");
        if (drops.all().stream().noneMatch(known -> known.name().equals(drop))) {
            throw new InvalidSettingException(key + ".drop", drop, "the name of a drop folder out of venice.drops");
        }
        List<String> statements = ConsentFlow.SEEDANCE.statements();
        List<String> confirmed = settings.list(key + ".confirms");
        if (!Set.copyOf(confirmed).equals(Set.copyOf(statements)) || confirmed.size() != statements.size()) {
            throw new InvalidSettingException(key + ".confirms", String.join(",", confirmed),
                    "what that person confirms, all of it: " + String.join(",", statements));
        }
        return new StandingConsent(name, person(settings, key + ".person"), hash, drop, confirmed,
                until(settings, key + ".until", zone));
    }

    private static String person(Settings settings, String key) {
        try {
            return PersonName.of(settings.required(key), key);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(key, settings.required(key), "the full name of the person who consents", e);
        }
    }

    private static Instant until(Settings settings, String key, ZoneId zone) {
        return LocalDate.parse(settings.checked(key)).plusDays(1).atStartOfDay(zone).toInstant();
    }
}
