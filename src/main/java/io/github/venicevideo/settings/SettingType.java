package io.github.venicevideo.settings;

import io.github.venicevideo.venice.MicroUsd;
import io.github.venicevideo.venice.client.ApiAddress;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which values a setting may have.
 *
 * @param javaType what an editor takes it for
 * @param allowed what it needs, for whoever wrote something else
 * @param mayHoldSecrets whether a value is never shown whole
 * @param fits whether a value, which is not blank, is one
 */
public record SettingType(Class<?> javaType, String allowed, boolean mayHoldSecrets, Predicate<String> fits) {

    private static final String A_DURATION = "a duration such as 500ms, 2s, 5m or 24h";
    private static final int LAST_PORT = 65_535;
    private static final int SHORTEST_TOKEN = 16;
    private static final List<String> PLACEHOLDERS = List.of("name", "bundle", "drop", "take", "takes", "model", "date", "year",
            "month", "day", "job", "prompt", "slug");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");
    private static final int MOST_FOLDERS = 4;

    static final SettingType TEXT = plain(String.class, "a text", value -> true);
    static final SettingType LIST = plain(List.class, "values with commas between them", value -> true);
    static final SettingType NAME = plain(String.class, "a name of lower-case letters and digits", SettingType::isName);
    static final SettingType NAMES = plain(List.class, "names of lower-case letters and digits, with commas between them",
            value -> Arrays.stream(value.split(",")).map(String::strip).allMatch(name -> name.isEmpty() || isName(name)));
    static final SettingType FLAG = plain(Boolean.class, "true or false",
            value -> List.of("true", "false").contains(value.toLowerCase(Locale.ROOT)));
    static final SettingType USD = plain(BigDecimal.class, "an amount in USD such as 2.50, with at most six decimals",
            SettingType::isUsd);
    static final SettingType ZONE = plain(ZoneId.class, "a time zone, such as UTC or Europe/Berlin",
            value -> works(() -> ZoneId.of(value)));
    static final SettingType FOLDER = plain(String.class, "the path of a folder", value -> works(() -> Path.of(value)));
    static final SettingType LENGTH = plain(String.class, "a video's length in seconds such as 5s, or Auto",
            value -> value.matches("(?i)\\d{1,3}s|auto"));
    static final SettingType TEMPLATE = plain(String.class, "placeholders out of " + PLACEHOLDERS + ", and at most " + MOST_FOLDERS
            + " folders", SettingType::isTemplate);
    static final SettingType HASH = plain(String.class, "the policy_hash of a parked bundle's job.json, 64 characters of 0-9a-f",
            value -> value.matches("[0-9a-f]{64}"));
    static final SettingType DAY = plain(LocalDate.class, "a day such as 2027-01-31", value -> works(() -> LocalDate.parse(value)));
    static final SettingType API = plain(String.class, "a plain https URL, such as https://api.venice.ai/api/v1, or a loopback address",
            value -> works(() -> ApiAddress.of(value)));
    static final SettingType PORT = plain(String.class, "a port from 1 to 65535, 0 for any free one, or off",
            value -> value.equalsIgnoreCase("off") || isNumber(value, 0, LAST_PORT));
    static final SettingType TOKEN = new SettingType(String.class, "at least " + SHORTEST_TOKEN + " characters", true,
            value -> value.length() >= SHORTEST_TOKEN);
    /** May hold credentials. */
    static final SettingType ENDPOINT = new SettingType(String.class,
            "the URI of a Camel endpoint, such as file:/srv/videos or aws2-s3://my-bucket", true,
            value -> value.matches("[a-zA-Z][a-zA-Z0-9.+-]*:\\S.*"));
    static final SettingType BUCKET = new SettingType(String.class, "a bucket, such as aws2-s3://my-staging?region=eu-central-1",
            true, value -> value.matches("aws2-s3:.+"));

    /** @param least as one writes it, such as {@code 1s} */
    static SettingType duration(String least, String most) {
        DurationBounds bounds = new DurationBounds(DurationBounds.parse(least).orElseThrow(), DurationBounds.parse(most).orElseThrow());
        return plain(Duration.class, "a duration from " + least + " to " + most + ", such as 500ms, 2s, 5m or 24h",
                value -> DurationBounds.parse(value).filter(bounds::contain).isPresent());
    }

    static SettingType number(int least, int most) {
        return plain(Integer.class, "a whole number from " + least + " to " + most, value -> isNumber(value, least, most));
    }

    static SettingType oneOf(String... values) {
        return plain(String.class, "one of " + String.join(", ", values), List.of(values)::contains);
    }

    /** Any duration, for settings that the table does not know. */
    static String aDuration() {
        return A_DURATION;
    }

    private static SettingType plain(Class<?> javaType, String allowed, Predicate<String> fits) {
        return new SettingType(javaType, allowed, false, fits);
    }

    private static boolean isName(String value) {
        return value.matches("[a-z0-9]+");
    }

    private static boolean isTemplate(String value) {
        return PLACEHOLDER.matcher(value).results().allMatch(placeholder -> PLACEHOLDERS.contains(placeholder.group(1)))
                && value.split("/", -1).length <= MOST_FOLDERS + 1;
    }

    private static boolean isNumber(String value, int least, int most) {
        try {
            int number = Integer.parseInt(value);
            return number >= least && number <= most;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isUsd(String value) {
        return works(() -> {
            BigDecimal amount = new BigDecimal(value);
            if (amount.signum() < 0) {
                throw new ArithmeticException("less than nothing");
            }
            MicroUsd.of(amount);
        });
    }

    private static boolean works(Runnable reading) {
        try {
            reading.run();
            return true;
        } catch (DateTimeException | InvalidPathException | ArithmeticException e) {
            return false;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
