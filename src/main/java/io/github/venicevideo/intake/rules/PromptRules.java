package io.github.venicevideo.intake.rules;

import io.github.venicevideo.intake.draft.Draft;
import io.github.venicevideo.intake.problem.Findings;
import io.github.venicevideo.intake.problem.ProblemCode;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a prompt says about the media beside it. Models read {@code <Image 1>} and {@code @Element1} letter by letter,
 * counted from 1 (contract, "POST /video/queue"): one that is not there is paid for and comes out as something else.
 */
final class PromptRules {

    private static final Pattern NAMED = Pattern.compile("<(Image|Video|Audio) (0|[1-9]\\d*+)>|@(Image|Element)(0|[1-9]\\d*+)");
    /** What somebody wrote who meant one of the above. */
    private static final Pattern NEARLY =
            Pattern.compile("<\\s*+(image|video|audio)\\s*+(\\d++)\\s*+>|@(image|element)[ _-]?+(\\d++)",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern WORKFLOW = Pattern.compile("(strictly edit|extend)\\b", Pattern.CASE_INSENSITIVE);

    private final Draft draft;
    private final RequestView request;
    private final Findings findings;

    PromptRules(Draft draft, RequestView request, Findings findings) {
        this.draft = draft;
        this.request = request;
        this.findings = findings;
    }

    void check() {
        String prompt = request.text("prompt");
        Set<String> seen = new LinkedHashSet<>();
        for (Matcher matcher = NAMED.matcher(prompt); matcher.find(); ) {
            boolean angled = matcher.group(1) != null;
            String kind = angled ? matcher.group(1) : matcher.group(3);
            int number = number(angled ? matcher.group(2) : matcher.group(4));
            if (seen.add(matcher.group())) {
                named(matcher.group(), kind, number);
            }
        }
        for (Matcher matcher = NEARLY.matcher(prompt); matcher.find(); ) {
            if (!NAMED.matcher(matcher.group()).matches() && seen.add(matcher.group())) {
                nearly(matcher);
            }
        }
        if (request.isSeedanceReference()) {
            workflow(prompt);
        }
    }

    private void named(String name, String kind, int number) {
        int attached = attached(kind);
        if (number >= 1 && number <= attached) {
            return;
        }
        String hint = attached == 0 ? "Nothing of that kind is attached: attach it, or take it out of the prompt."
                : "Count from 1; " + attached + (attached == 1 ? " is" : " are") + " attached.";
        findings.add(ProblemCode.NOT_ATTACHED, draft.fileOf("prompt"), "prompt", name, "", hint);
    }

    /** Only where something could be meant: to a model without references it is a text like any other. */
    private void nearly(Matcher matcher) {
        boolean angled = matcher.group(1) != null;
        String word = angled ? matcher.group(1) : matcher.group(3);
        String kind = word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1).toLowerCase(Locale.ROOT);
        int number = number(angled ? matcher.group(2) : matcher.group(4));
        boolean meant = angled ? request.isSeedanceReference()
                : request.has("elements") || request.has("scene_image_urls");
        if (meant && attached(kind) > 0) {
            findings.add(ProblemCode.NOT_ATTACHED, draft.fileOf("prompt"), "prompt", matcher.group(), "",
                    "Write " + (angled ? "<" + kind + " " + number + ">" : "@" + kind + number)
                            + ", exactly so: capitals and spaces count.");
        }
    }

    /** As large as any number of media could be, and no larger. */
    private static int number(String digits) {
        String plain = digits.replaceFirst("^0+(?=.)", "");
        return plain.length() > 6 ? 1_000_000 : Integer.parseInt(plain);
    }

    private int attached(String kind) {
        return switch (kind) {
            case "Image" -> Math.max(Math.max(request.count("reference_image_urls"), request.count("scene_image_urls")),
                    (request.has("image_url") ? 1 : 0) + (request.has("end_image_url") ? 1 : 0));
            case "Video" -> Math.max(request.count("reference_video_urls"), request.has("video_url") ? 1 : 0);
            case "Audio" -> Math.max(request.count("reference_audio_urls"), request.has("audio_url") ? 1 : 0);
            default -> request.count("elements");
        };
    }

    /** Which of the four workflows it is, the model tells from the prompt's first words alone. */
    private void workflow(String prompt) {
        String start = prompt.stripLeading();
        Matcher matcher = WORKFLOW.matcher(start);
        if (!matcher.lookingAt() || !request.has("reference_video_urls")) {
            return;
        }
        String exact = matcher.group().equalsIgnoreCase("extend") ? "Extend" : "Strictly edit";
        if (!start.startsWith(exact + " <Video ")) {
            findings.warn("The prompt seems to be meant to " + exact.toLowerCase(Locale.ROOT) + " a clip; the model takes"
                    + " it so only when it begins exactly with: " + exact + " <Video 1>");
        }
    }
}
