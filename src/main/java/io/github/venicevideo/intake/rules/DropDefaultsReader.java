package io.github.venicevideo.intake.rules;

import io.github.venicevideo.home.drop.Drop;
import java.util.LinkedHashMap;
import java.util.Map;

/** Turns a drop's settings into what its bundles leave open. */
public final class DropDefaultsReader {

    private static final String MODEL = "model.";

    private DropDefaultsReader() {
    }

    public static DropDefaults of(Drop drop) {
        Map<String, String> models = new LinkedHashMap<>();
        Map<String, String> fields = new LinkedHashMap<>();
        drop.defaults().forEach((key, value) -> {
            if (key.startsWith(MODEL)) {
                models.put(key.substring(MODEL.length()), value);
            } else {
                fields.put(key.replace('.', '_'), value);
            }
        });
        return new DropDefaults(fields, new ModelDefaults(
                models.getOrDefault("text", ""),
                models.getOrDefault("image", ""),
                models.getOrDefault("references", ""),
                models.getOrDefault("elements", ""),
                models.getOrDefault("keyframes", ""),
                models.getOrDefault("video", ""),
                models.getOrDefault("upscale", "")));
    }
}
