package io.github.venicevideo.deliver;

import io.github.venicevideo.ledger.Job;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names videos after a template such as {@code {date}-{name}}; what comes out is safe on every file system. */
final class VideoNames {

    /** What a template may hold, each in braces. */
    static final String PLACEHOLDERS = "{name} {bundle} {take} {takes} {model} {date} {job} {prompt}";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Co}\\p{Cn}<>:\"/\\\\|?*${}%#\\s]+");
    private static final Pattern DEVICE = Pattern.compile("(?i)(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");
    private static final int LONGEST_PROMPT = 40;
    private static final int MOST_BYTES = 150;

    private final String template;
    private final ZoneId zone;

    VideoNames(String template, ZoneId zone) {
        this.template = template;
        this.zone = zone;
    }

    /** The job's name, without an extension. */
    String of(Job job) {
        String wanted = job.options().name().orElse(job.bundle());
        boolean many = job.options().takes() > 1;
        String take = Integer.toString(job.options().take());
        String prompt = job.request().fields().path("prompt").asText("");
        Map<String, String> values = Map.of(
                "name", fill(wanted, Map.of("take", take)),
                "bundle", job.bundle(),
                "take", take,
                "takes", Integer.toString(job.options().takes()),
                "model", job.request().fields().path("model").asText(""),
                "date", DateTimeFormatter.ISO_LOCAL_DATE.withZone(zone).format(job.createdAt()),
                "job", job.id(),
                "prompt", prompt.substring(0, prompt.offsetByCodePoints(0,
                        Math.min(LONGEST_PROMPT, prompt.codePointCount(0, prompt.length())))));
        boolean takeIsIn = template.contains("{take}") || template.contains("{job}") || wanted.contains("{take}");
        return safe(fill(template, values), many && !takeIsIn ? "-take" + take : "");
    }

    private static String fill(String text, Map<String, String> values) {
        return PLACEHOLDER.matcher(text).replaceAll(match ->
                Matcher.quoteReplacement(values.getOrDefault(match.group(1), match.group())));
    }

    /** A text as a name that no file system, shell or expression language takes for anything else. */
    static String safe(String text) {
        return safe(text, "");
    }

    /** The same with an ending that is never cut off, since it tells the name from others. */
    static String safe(String text, String ending) {
        String name = UNSAFE.matcher(Normalizer.normalize(text, Normalizer.Form.NFC)).replaceAll("-");
        name = name.replaceAll("^[-.]+|[-.]+$", "");
        while (name.getBytes(StandardCharsets.UTF_8).length + ending.length() > MOST_BYTES) {
            name = name.substring(0, name.offsetByCodePoints(name.length(), -1));
        }
        if (name.isEmpty()) {
            name = "video";
        }
        return (DEVICE.matcher(name.toLowerCase(Locale.ROOT)).matches() ? "_" + name : name) + ending;
    }
}
