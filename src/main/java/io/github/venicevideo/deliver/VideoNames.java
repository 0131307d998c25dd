package io.github.venicevideo.deliver;

import io.github.venicevideo.ledger.job.Job;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names videos after a template such as {@code {date}-{name}}; what comes out is safe on every file system. */
final class VideoNames {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");
    private static final Pattern UNSAFE = Pattern.compile(
            "\\s*[\\p{Cntrl}\\p{Cf}\\p{Co}\\p{Cn}<>:\"/\\\\|?*${}%#][\\p{Cntrl}\\p{Cf}\\p{Co}\\p{Cn}<>:\"/\\\\|?*${}%#\\s]*");
    private static final Pattern DEVICE = Pattern.compile("(?i)(con|prn|aux|nul|com[\\d¹²³]|lpt[\\d¹²³])(\\..*)?");
    private static final Pattern NO_SLUG = Pattern.compile("[^a-z0-9]+");
    private static final int LONGEST_PROMPT = 40;
    private static final int MOST_BYTES = 150;

    private final String template;
    private final ZoneId zone;

    /** Names after a template that the table of settings allows, in which {@code /} makes folders. */
    VideoNames(String template, ZoneId zone) {
        this.template = template;
        this.zone = zone;
    }

    /** The job's name, with its folders and without an extension. */
    String of(Job job) {
        String wanted = job.options().name().orElse(job.bundle());
        boolean many = job.options().takes() > 1;
        String take = Integer.toString(job.options().take());
        String prompt = job.request().fields().path("prompt").asText("");
        ZonedDateTime created = job.createdAt().atZone(zone);
        Map<String, String> values = Map.ofEntries(
                Map.entry("name", fill(wanted, Map.of("take", take))),
                Map.entry("bundle", job.bundle()),
                Map.entry("drop", job.dropName()),
                Map.entry("take", take),
                Map.entry("takes", Integer.toString(job.options().takes())),
                Map.entry("model", job.request().fields().path("model").asText("")),
                Map.entry("date", DateTimeFormatter.ISO_LOCAL_DATE.format(created)),
                Map.entry("year", Integer.toString(created.getYear())),
                Map.entry("month", "%02d".formatted(created.getMonthValue())),
                Map.entry("day", "%02d".formatted(created.getDayOfMonth())),
                Map.entry("job", job.id()),
                Map.entry("prompt", cut(prompt)),
                Map.entry("slug", cut(slug(prompt))));
        boolean takeIsIn = template.contains("{take}") || template.contains("{job}") || wanted.contains("{take}");
        String ending = many && !takeIsIn ? "-take" + take : "";
        String[] parts = template.split("/");
        StringBuilder name = new StringBuilder();
        for (int part = 0; part < parts.length - 1; part++) {
            if (!parts[part].isBlank()) {
                name.append(safe(fill(parts[part], values))).append('/');
            }
        }
        return name + safe(fill(parts[parts.length - 1], values), ending);
    }

    /** A name that no other job has: the same with the job's id. */
    static String unique(String name, String jobId) {
        int slash = name.lastIndexOf('/') + 1;
        return name.substring(0, slash) + safe(name.substring(slash), "-" + jobId);
    }

    /** The prompt's first words in lower-case ASCII letters and digits, with dashes between them. */
    private static String slug(String prompt) {
        String plain = Normalizer.normalize(prompt, Normalizer.Form.NFKD).replaceAll("\\p{M}+", "").toLowerCase(Locale.ROOT);
        return NO_SLUG.matcher(plain).replaceAll("-");
    }

    private static String cut(String text) {
        return text.substring(0, text.offsetByCodePoints(0, Math.min(LONGEST_PROMPT, text.codePointCount(0, text.length()))));
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
        name = name.replaceAll("^[-.~\\s]+|[-.\\s]+$", "");
        while (name.getBytes(StandardCharsets.UTF_8).length + ending.length() > MOST_BYTES) {
            name = name.substring(0, name.offsetByCodePoints(name.length(), -1));
        }
        if (name.isEmpty()) {
            name = "video";
        }
        return (DEVICE.matcher(name.toLowerCase(Locale.ROOT)).matches() ? "_" + name : name) + ending;
    }
}
