package io.github.venicevideo.intake.rules;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the allowed value that somebody meant, or could use instead: {@code 16:9} for {@code 16x9}, {@code 15s} for {@code 20s}. */
final class NearestValue {

    private static final Pattern RATIO = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,6})?)\\s*[:x/×*]\\s*(\\d{1,6}(?:\\.\\d{1,6})?)");
    private static final Pattern NUMBER = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,6})?)\\s*(k|ms|m(?:in(?:utes?)?)?)?(?![a-zA-Z]{2})", Pattern.CASE_INSENSITIVE);
    /** What people and other programs call some of them. */
    private static final Map<String, String> WORDS = Map.ofEntries(Map.entry("landscape", "16:9"), Map.entry("horizontal", "16:9"),
            Map.entry("wide", "16:9"), Map.entry("widescreen", "16:9"), Map.entry("portrait", "9:16"), Map.entry("vertical", "9:16"),
            Map.entry("square", "1:1"), Map.entry("cinematic", "21:9"), Map.entry("hd", "720p"), Map.entry("fullhd", "1080p"),
            Map.entry("fhd", "1080p"), Map.entry("uhd", "4k"));

    private NearestValue() {
    }

    /** Ready to stand as a hint; empty when nothing is near. */
    static String hint(String written, Collection<String> allowed) {
        String value = WORDS.getOrDefault(written.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]", ""), written);
        Optional<String> same = allowed.stream().filter(candidate -> plain(candidate).equals(plain(value))).findFirst();
        if (same.isPresent()) {
            return "Write it as " + same.get() + ".";
        }
        double number = number(value);
        Optional<String> near = number > 0
                ? allowed.stream().filter(candidate -> number(candidate) > 0)
                        .min(Comparator.comparingDouble(candidate -> Math.abs(Math.log(number(candidate) / number))))
                : Similar.nearest(value, allowed);
        return near.map(found -> "The nearest is " + found + ".").orElse("");
    }

    private static String plain(String value) {
        return value.toLowerCase(Locale.ROOT).replaceAll("[x/×*]", ":").replaceAll("\\s", "")
                .replaceAll("(seconds?|sec)$", "s").replaceAll("[sp]$", "");
    }

    /** What the value measures: seconds, lines or a ratio; 0 when it is no such thing. */
    static double number(String value) {
        Matcher ratio = RATIO.matcher(value);
        if (ratio.find()) {
            double below = Double.parseDouble(ratio.group(2));
            return below == 0 ? 0 : Double.parseDouble(ratio.group(1)) / below;
        }
        Matcher number = NUMBER.matcher(value);
        if (!number.find()) {
            return 0;
        }
        String unit = number.group(2) == null ? "" : number.group(2).toLowerCase(Locale.ROOT);
        return Double.parseDouble(number.group(1)) * switch (unit) {
            case "" -> 1;
            // 4k has 2160 lines, 2k half of them.
            case "k" -> 540;
            case "ms" -> 0.001;
            default -> 60;
        };
    }
}
