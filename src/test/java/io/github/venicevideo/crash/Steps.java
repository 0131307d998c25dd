package io.github.venicevideo.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The ids of all steps of all routes that work on jobs, as the route files have them; those of the calls as often as they are made. */
final class Steps {

    private static final Path ROUTES = Path.of("routes");
    /**
     * Routes that are about no job: they ask which models there are, try a closed gate, look at the time, take consent that
     * is given ahead, or answer over HTTP.
     */
    private static final List<String> ABOUT_NO_JOB = List.of("venice-catalogue", "venice-models", "venice-gate",
            "venice-rate-limits", "venice-deadline", "venice-consents", "venice-console");
    private static final Pattern CALL = Pattern.compile("venice-(link-)?call");

    private Steps() {
    }

    static List<String> all() throws IOException {
        return all(Steps::isAboutAJob);
    }

    /** Those of all routes. */
    static List<String> every() throws IOException {
        return all(route -> true);
    }

    private static List<String> all(Predicate<Object> wanted) throws IOException {
        List<Map<?, ?>> items = new ArrayList<>();
        try (Stream<Path> files = Files.list(ROUTES)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".camel.yaml")).sorted().toList()) {
                Object yaml = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
                ((List<?>) yaml).forEach(item -> items.add((Map<?, ?>) item));
            }
        }
        Map<Object, Map<?, ?>> calls = new HashMap<>();
        List<String> ids = new ArrayList<>();
        for (Map<?, ?> item : items) {
            if (item.get("routeTemplate") instanceof Map<?, ?> template && CALL.matcher(String.valueOf(template.get("id"))).matches()) {
                calls.put(template.get("id"), template);
            } else {
                collect(item.get("route"), wanted, ids);
                collect(item.get("routeTemplate"), wanted, ids);
            }
        }
        for (Map<?, ?> item : items) {
            if (item.get("templatedRoute") instanceof Map<?, ?> made && wanted.test(made.get("routeId"))) {
                List<String> steps = new ArrayList<>();
                collect(calls.get(made.get("routeTemplateRef")), wanted, steps);
                String call = String.valueOf(((Map<?, ?>) ((List<?>) made.get("parameters")).get(0)).get("value"));
                steps.forEach(step -> ids.add(step.replace("{{call}}", call)));
            }
        }
        return ids;
    }

    /** A route's own id is not that of a step; its steps lie below {@code from}. */
    private static void collect(Object route, Predicate<Object> wanted, List<String> ids) {
        if (route instanceof Map<?, ?> map && wanted.test(map.get("id"))) {
            steps(map.get("from"), ids);
            collect(map.get("route"), wanted, ids);
        }
    }

    private static boolean isAboutAJob(Object route) {
        return ABOUT_NO_JOB.stream().noneMatch(String.valueOf(route)::startsWith);
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
