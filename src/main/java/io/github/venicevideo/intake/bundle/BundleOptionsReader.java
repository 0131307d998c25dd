package io.github.venicevideo.intake.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.intake.draft.BundleOptions;
import io.github.venicevideo.intake.draft.Shape;
import io.github.venicevideo.intake.names.SafeNames;
import io.github.venicevideo.intake.problem.Findings;
import io.github.venicevideo.intake.problem.ProblemCode;
import io.github.venicevideo.intake.rules.FieldChecks;
import io.github.venicevideo.intake.rules.Similar;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the manifest's key {@code bundle}. It is ours alone, so everything unknown in it is a mistake. */
final class BundleOptionsReader {

    private static final List<String> KEYS = List.of("deliver_to", "name", "max_price_usd", "allow_duplicate", "takes");
    private static final int NAME_LENGTH = 100;
    private static final int MICRO_DOLLAR_DIGITS = 6;
    private static final BigDecimal HIGHEST_PRICE = BigDecimal.valueOf(100_000);

    private final String file;
    private final Findings findings;

    BundleOptionsReader(String file, Findings findings) {
        this.file = file;
        this.findings = findings;
    }

    BundleOptions read(JsonNode options) {
        if (!options.isObject()) {
            problem("bundle", options, "{" + String.join(", ", KEYS) + "}", "");
            return BundleOptions.NONE;
        }
        for (Map.Entry<String, JsonNode> option : options.properties()) {
            if (!KEYS.contains(option.getKey())) {
                findings.add(ProblemCode.UNKNOWN_FIELD, file, "bundle." + option.getKey(), "",
                        String.join(", ", KEYS), didYouMean(option.getKey()));
            }
        }
        return new BundleOptions(deliverTo(options.get("deliver_to")), name(options.get("name")),
                price(options.get("max_price_usd")), flag(options.get("allow_duplicate")),
                takes(options.get("takes")));
    }

    private static String didYouMean(String key) {
        return Similar.to(key, KEYS).map(near -> "Did you mean " + near + "?")
                .orElse("Fields of the request stand beside bundle, not in it.");
    }

    private List<String> deliverTo(JsonNode value) {
        if (value == null) {
            return List.of();
        }
        Set<String> names = new LinkedHashSet<>();
        List<JsonNode> given = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(given::add);
        } else {
            given.add(value);
        }
        for (JsonNode name : given) {
            if (!name.isTextual() || !name.textValue().matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
                    || !names.add(name.textValue())) {
                problem("bundle.deliver_to", name, "names of configured destinations, each once", "");
            }
        }
        if (given.isEmpty()) {
            problem("bundle.deliver_to", value, "at least one name", "Remove it to use the drop folder's own.");
        }
        return List.copyOf(names);
    }

    private Optional<String> name(JsonNode value) {
        if (value == null) {
            return Optional.empty();
        }
        String name = value.isTextual() ? value.textValue() : "";
        boolean usable = !name.isBlank() && name.length() <= NAME_LENGTH && !SafeNames.hasUnsafeCharacter(name)
                && name.indexOf('/') < 0 && name.indexOf('\\') < 0 && !name.startsWith(".");
        if (!usable) {
            problem("bundle.name", value, "1 to " + NAME_LENGTH + " characters without / and \\, no dot first", "");
        }
        return usable ? Optional.of(name) : Optional.empty();
    }

    private Optional<BigDecimal> price(JsonNode value) {
        if (value == null) {
            return Optional.empty();
        }
        if (value.isNumber()) {
            BigDecimal price = value.decimalValue();
            if (price.signum() > 0 && price.compareTo(HIGHEST_PRICE) <= 0
                    && price.stripTrailingZeros().scale() <= MICRO_DOLLAR_DIGITS) {
                return Optional.of(price);
            }
        }
        problem("bundle.max_price_usd", value,
                "a number of dollars above 0, with at most " + MICRO_DOLLAR_DIGITS + " decimals, without quotes", "");
        return Optional.empty();
    }

    private boolean flag(JsonNode value) {
        if (value != null && !value.isBoolean()) {
            problem("bundle.allow_duplicate", value, Shape.FLAG.allowed(), "");
        }
        return value != null && value.isBoolean() && value.booleanValue();
    }

    private int takes(JsonNode value) {
        if (value == null) {
            return 1;
        }
        if (value.isIntegralNumber() && value.canConvertToInt()
                && value.intValue() >= BundleOptions.MIN_TAKES && value.intValue() <= BundleOptions.MAX_TAKES) {
            return value.intValue();
        }
        problem("bundle.takes", value,
                "a whole number from " + BundleOptions.MIN_TAKES + " to " + BundleOptions.MAX_TAKES, "");
        return 1;
    }

    private void problem(String field, JsonNode value, String allowed, String hint) {
        findings.add(ProblemCode.BUNDLE_OPTION, file, field, FieldChecks.spelled(value), allowed, hint);
    }
}
