package io.github.venicevideo.deliver;

import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.venice.request.Media;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the files of one delivery are called at a destination.
 *
 * @param name the video's, with its folders and without an extension
 * @param media the names of the bundle's media that go along, below a folder of the video's name, by their path in the bundle
 */
record FileNames(String name, Map<String, String> media) {

    static FileNames of(Job job, String name, boolean includeBundle) {
        return new FileNames(name, includeBundle ? media(job) : Map.of());
    }

    /** Names for media that lie in files of their own; two that would bear one name are told apart by a number. */
    static Map<String, String> media(Job job) {
        Map<String, String> byPath = new LinkedHashMap<>();
        Set<String> taken = new LinkedHashSet<>();
        for (Media medium : job.request().media()) {
            if (!medium.dataUrl() && !byPath.containsKey(medium.path())) {
                byPath.put(medium.path(), fileName(medium.path(), taken));
            }
        }
        return byPath;
    }

    private static String fileName(String path, Set<String> taken) {
        String file = path.substring(path.lastIndexOf('/') + 1);
        int dot = file.lastIndexOf('.');
        String stem = VideoNames.safe(dot > 0 ? file.substring(0, dot) : file);
        String extension = dot > 0 ? "." + VideoNames.safe(file.substring(dot + 1)) : "";
        String name = stem + extension;
        for (int number = 2; !taken.add(name.toLowerCase(Locale.ROOT)); number++) {
            name = stem + "-" + number + extension;
        }
        return name;
    }

    String sidecar() {
        return name + ".json";
    }

    String video() {
        return name + ".mp4";
    }

    /** The name of a medium that goes along, by its path in the bundle. */
    String medium(String path) {
        return name + "/" + media.get(path);
    }

    /** Every name. */
    List<String> all() {
        List<String> all = new ArrayList<>(List.of(sidecar(), video()));
        media.keySet().forEach(path -> all.add(medium(path)));
        return all;
    }
}
