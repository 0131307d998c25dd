package io.github.venicevideo.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The ids of all steps of all routes that work on jobs, as the route files have them. */
final class Steps {

    private static final Path ROUTES = Path.of("routes");
    /**
     * Routes that are about no job: they ask which models there are, try a closed gate, look at the time, take consent that
     * is given ahead, or answer over HTTP.
     */
    private static final List<String> ABOUT_NO_JOB = List.of("venice-catalogue", "venice-gate", "venice-deadline",
            "venice-consents", "venice-consent-call", "venice-console");

    private Steps() {
    }

    static List<String> all() throws IOException {
        List<String> ids = new ArrayList<>();
        try (Stream<Path> files = Files.list(ROUTES)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".camel.yaml")).sorted().toList()) {
                Object yaml = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
                for (Object item : (List<?>) yaml) {
                    collect(((Map<?, ?>) item).get("route"), ids);
                    collect(((Map<?, ?>) item).get("routeTemplate"), ids);
                }
            }
        }
        return ids;
    }

    /** A route's own id is not that of a step; its steps lie below {@code from}. */
    private static void collect(Object route, List<String> ids) {
        if (route instanceof Map<?, ?> map && ABOUT_NO_JOB.stream().noneMatch(String.valueOf(map.get("id"))::startsWith)) {
            steps(map.get("from"), ids);
            collect(map.get("route"), ids);
        }
    }

    private static void steps(Object node, List<String> ids) {
        if (node instanceof Map<?, ?> map) {
            if (map.get("id") instanceof String id) {
                ids.add(id);
            }
            map.values().forEach(value -> steps(value, ids));
        } else if (node instanceof List<?> list) {
            list.forEach(value -> steps(value, ids));
        }
    }
}
