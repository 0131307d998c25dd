package io.github.venicevideo.consent;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.venice.request.InlineMedia;
import io.github.venicevideo.venice.request.Media;
import io.github.venicevideo.venice.request.VideoRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the media of a request that a question of consent can be about. What is given as a URL is never fetched. */
final class FaceMedia {

    /** Contract, "Consent: 409": the roles of 2026-06, and {@code video} of 2026-08. */
    private static final Map<String, String> ROLES = Map.of("image_url", "image", "end_image_url", "end_image",
            "reference_image_urls", "reference_image", "reference_video_urls", "reference_video", "video_url", "video");
    private static final Set<String> TEXTS = Set.of("prompt", "negative_prompt");
    private static final int LONGEST_NAME = 200;

    private final Map<String, Media> files = new LinkedHashMap<>();
    private final List<FaceMedium> found = new ArrayList<>();

    private FaceMedia(VideoRequest request) {
        request.media().forEach(medium -> files.put(medium.field(), medium));
    }

    /** Whether a role is one whose media can be told. */
    static boolean isRole(String role) {
        return ROLES.containsValue(role);
    }

    /** Every medium, in the order of the fields. */
    static List<FaceMedium> all(VideoRequest request) {
        FaceMedia media = new FaceMedia(request);
        request.fields().properties().stream().filter(field -> !TEXTS.contains(field.getKey()))
                .forEach(field -> media.collect("/" + field.getKey(), field.getValue(), ROLES.getOrDefault(field.getKey(), "")));
        return List.copyOf(media.found);
    }

    /** Those that can be asked about. */
    static List<FaceMedium> capable(VideoRequest request) {
        return all(request).stream().filter(medium -> !medium.role().isEmpty()).toList();
    }

    private void collect(String pointer, JsonNode value, String role) {
        if (value.isObject()) {
            value.properties().forEach(field -> collect(pointer + "/" + field.getKey(), field.getValue(), role));
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                collect(pointer + "/" + i, value.get(i), role);
            }
        } else if (value.isTextual()) {
            medium(pointer, value.textValue(), role).ifPresent(found::add);
        }
    }

    private Optional<FaceMedium> medium(String pointer, String value, String role) {
        String field = pointer.substring(1).replaceAll("/(\\d+)", "[$1]").replace('/', '.');
        Media file = files.get(pointer);
        if (file != null) {
            return Optional.of(new FaceMedium(field, role, cut(file.path().substring(file.path().lastIndexOf('/') + 1)),
                    Optional.of(file.sha256())));
        }
        String start = value.substring(0, Math.min(8, value.length())).toLowerCase(Locale.ROOT);
        if (start.startsWith("data:")) {
            // Data that cannot be decoded is as little known as a URL.
            return Optional.of(new FaceMedium(field, role, field, InlineMedia.hash(value)));
        }
        return start.startsWith("http://") || start.startsWith("https://")
                ? Optional.of(new FaceMedium(field, role, cut(host(value)), Optional.empty())) : Optional.empty();
    }

    private static String host(String url) {
        try {
            return Optional.ofNullable(URI.create(url).getHost()).orElse("a URL");
        } catch (IllegalArgumentException e) {
            return "a URL";
        }
    }

    private static String cut(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }
}
