package io.github.venicevideo.intake.rules;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Names of fields that guides have and the API does not, with what to write instead. */
final class PastedNames {

    private static final Map<String, String> MEANT = Map.ofEntries(
            Map.entry("imageurls", "Did you mean reference_image_urls (pictures to refer to), or image_url (a first frame)?"),
            Map.entry("imagereferences", "Did you mean reference_image_urls?"),
            Map.entry("referenceimages", "Did you mean reference_image_urls?"),
            Map.entry("videourls", "Did you mean reference_video_urls (clips to refer to), or video_url (one to change)?"),
            Map.entry("videoreferences", "Did you mean reference_video_urls?"),
            Map.entry("referencevideos", "Did you mean reference_video_urls?"),
            Map.entry("audiourls", "Did you mean reference_audio_urls (sounds to refer to), or audio_url (one beside the prompt)?"),
            Map.entry("audioreferences", "Did you mean reference_audio_urls?"),
            Map.entry("referenceaudios", "Did you mean reference_audio_urls?"),
            Map.entry("image", "Did you mean image_url?"),
            Map.entry("firstframe", "Did you mean image_url?"),
            Map.entry("firstframeurl", "Did you mean image_url?"),
            Map.entry("lastframe", "Did you mean end_image_url?"),
            Map.entry("lastframeurl", "Did you mean end_image_url?"),
            Map.entry("video", "Did you mean video_url?"),
            Map.entry("ratio", "Did you mean aspect_ratio?"),
            Map.entry("seconds", "Did you mean duration, such as \"5s\"?"));

    private PastedNames() {
    }

    /** What to write instead of a name; empty for one that nobody pastes. */
    static Optional<String> meant(String name) {
        return Optional.ofNullable(MEANT.get(name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "")));
    }
}
