package io.github.venicevideo.settings;

import io.github.venicevideo.api.InvalidSettingException;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts values in the place of <code>{{name}}</code>, <code>{{name:otherwise}}</code> and <code>{{?name}}</code>, as Camel
 * does, but tells nobody of them: Camel logs what it looks up.
 */
public final class Placeholders {

    private static final Pattern INNERMOST = Pattern.compile("\\{\\{([^{}]+)}}");
    private static final int MOST = 100;

    private final Function<String, Optional<String>> values;

    /** @param values what a name, or a call of a function such as {@code env:HOME}, stands for */
    public Placeholders(Function<String, Optional<String>> values) {
        this.values = values;
    }

    /**
     * The value of a setting with nothing left to put in.
     *
     * @throws InvalidSettingException when a name stands for nothing, or for itself; the setting's value is not in the message
     */
    public String resolve(String setting, String value) {
        String text = value;
        Matcher found = INNERMOST.matcher(text);
        for (int times = 0; found.find(); times++) {
            if (times == MOST) {
                throw new InvalidSettingException(setting, "…", "placeholders that do not stand for themselves, such as {{"
                        + found.group(1) + "}}");
            }
            text = text.substring(0, found.start()) + value(setting, found.group(1)) + text.substring(found.end());
            found = INNERMOST.matcher(text);
        }
        return text;
    }

    private String value(String setting, String placeholder) {
        boolean optional = placeholder.startsWith("?");
        String name = optional ? placeholder.substring(1) : placeholder;
        Optional<String> value = values.apply(name);
        int colon = name.indexOf(':');
        if (value.isEmpty() && colon > 0) {
            value = values.apply(name.substring(0, colon)).or(() -> Optional.of(name.substring(colon + 1)));
        }
        if (value.isEmpty() && !optional) {
            throw new InvalidSettingException(setting, "…", "a value for its placeholder {{" + name + "}}, and there is none");
        }
        return value.orElse("");
    }
}
