package io.github.venicevideo.assembly;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Looks whether a route file belongs to this version: whether what it asks beans for is there. Camel finds that when a step is
 * come to, with a job in hand.
 *
 * @param beans the types of the beans that there are, by name
 */
record RouteFileCheck(Function<String, Optional<Class<?>>> beans) {

    /** What is wrong with a file, first thing first; empty when it fits. */
    Optional<String> problem(String yaml) {
        Object content = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return content instanceof List<?> elements ? elements.stream().flatMap(this::problems).findFirst()
                : Optional.of("it is no list of routes");
    }

    private Stream<String> problems(Object node) {
        if (node instanceof List<?> list) {
            return list.stream().flatMap(this::problems);
        }
        if (!(node instanceof Map<?, ?> map)) {
            return Stream.empty();
        }
        Stream<String> own = map.containsKey("ref") && map.containsKey("method")
                ? problem(String.valueOf(map.get("id")), String.valueOf(map.get("ref")), String.valueOf(map.get("method"))).stream()
                : map.get("beans") instanceof List<?> ? Stream.of("it has beans of its own, which Java binds by now") : Stream.empty();
        return Stream.concat(own, map.values().stream().flatMap(this::problems));
    }

    private Optional<String> problem(String step, String bean, String method) {
        if (bean.startsWith("{{") || !bean.startsWith("venice")) {
            return Optional.empty();
        }
        Optional<Class<?>> type = beans.apply(bean);
        if (type.isEmpty()) {
            return Optional.of("it asks the bean " + bean + ", which there is not");
        }
        String name = method.replaceFirst("\\(.*", "");
        return Arrays.stream(type.get().getMethods()).anyMatch(there -> there.getName().equals(name)) ? Optional.empty()
                : Optional.of("it asks " + bean + "." + name + ", which there is not" + (step.equals("null") ? "" : " (step " + step + ")"));
    }
}
