package io.github.venicevideo.intake.draft;

import io.github.venicevideo.intake.names.BundleNames;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A file of the bundle.
 *
 * @param name as a person knows it: relative to the bundle, NFC, {@code /} between its parts
 * @param path where its bytes are
 */
public record BundleFile(String name, Path path) {

    public boolean isTopLevel() {
        return name.indexOf('/') < 0;
    }

    public String fileName() {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** The name without its extension. */
    public String stem() {
        String fileName = BundleNames.meant(fileName());
        int dot = fileName.lastIndexOf('.');
        return dot <= 0 ? fileName : fileName.substring(0, dot);
    }

    /** Lower case, without the dot; empty when there is none. */
    public String extension() {
        String fileName = BundleNames.meant(fileName());
        int dot = fileName.lastIndexOf('.');
        return dot <= 0 ? "" : fileName.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    public boolean isText() {
        return extension().equals("txt") || extension().equals("md");
    }

    public boolean isManifest() {
        return isJson() || isYaml();
    }

    public boolean isJson() {
        return extension().equals("json");
    }

    boolean isYaml() {
        return extension().equals("yaml") || extension().equals("yml");
    }

    public boolean isZip() {
        return extension().equals("zip");
    }
}
