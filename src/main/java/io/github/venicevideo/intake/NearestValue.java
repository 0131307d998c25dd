package io.github.venicevideo.intake;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the allowed value that somebody meant, or could use instead: {@code 16:9} for {@code 16x9}, {@code 15s} for {@code 20s}. */
final class NearestValue {

    private static final Pattern RATIO = Pattern.compile("(\\d{1,6})\\s*[:x/×*]\\s*(\\d{1,6})");
    private static final Pattern NUMBER = Pattern.compile("(\\d{1,6})([kK]?)");

    private NearestValue() {
    }

    /** Ready to stand as a hint; empty when nothing is near. */
    static String hint(String value, Collection<String> allowed) {
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
            return Double.parseDouble(ratio.group(1)) / Math.max(1, Double.parseDouble(ratio.group(2)));
        }
        Matcher number = NUMBER.matcher(value);
        if (!number.find()) {
            return 0;
        }
        // 4k has 2160 lines, 2k half of them.
        return Double.parseDouble(number.group(1)) * (number.group(2).isEmpty() ? 1 : 540);
    }
}
