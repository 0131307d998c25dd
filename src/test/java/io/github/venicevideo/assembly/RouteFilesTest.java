package io.github.venicevideo.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.venicevideo.VeniceVideo;
import io.github.venicevideo.api.InvalidSettingException;
import io.github.venicevideo.venice.ApiQuestion;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.catalog.LanguageValidationResult;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The route files against Camel's own schema of the YAML DSL, its catalogue of endpoints, and our rules. */
class RouteFilesTest {

    private static final Path ROUTES = Path.of("routes");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final CamelCatalog catalog = new DefaultCamelCatalog();

    static Stream<String> files() {
        return RouteFiles.ALL.stream();
    }

    @Test
    void everyRouteFileIsLoaded() throws IOException {
        try (Stream<Path> files = Files.list(ROUTES)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(RouteFiles.ALL);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void keepsToTheSchemaOfTheYamlDsl(String file) throws IOException {
        try (InputStream schemaText = getClass().getResourceAsStream("/schema/camelYamlDsl.json")) {
            assertThat(schemaText).isNotNull();
            Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4).getSchema(schemaText, InputFormat.JSON);
            assertThat(schema.validate(tree(file))).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyRouteSaysWhatItDoes(String file) throws IOException {
        for (JsonNode route : routes(file)) {
            assertThat(route.path("id").asText()).as("id of a route in " + file).startsWith("venice-");
            assertThat(route.path("description").asText()).as("description of " + route.path("id").asText()).isNotEmpty();
        }
    }

    @Test
    void everyRouteHasAnErrorHandlerOfOurs() throws IOException {
        Set<String> handlers = new HashSet<>();
        Set<String> used = new HashSet<>();
        for (String file : RouteFiles.ALL) {
            for (JsonNode route : routes(file)) {
                if (route.has("errorHandler")) {
                    handlers.add(route.path("id").asText());
                } else {
                    used.add((route.has("route") ? route.path("route") : route).path("routeConfigurationId").asText());
                }
            }
        }
        assertThat(handlers).containsAll(used);
    }

    @ParameterizedTest
    @MethodSource("files")
    void everySettingIsTheOneThatJavaHas(String file) throws IOException {
        assertThat(Files.readString(ROUTES.resolve(file))).as("Camel asks the environment first for {{venice.…}}; {{venice:…}}"
                + " is the merged setting").doesNotContain("{{venice.");
    }

    @Test
    void everyIdStandsForOneStep() throws IOException {
        List<String> ids = new ArrayList<>();
        for (String file : RouteFiles.ALL) {
            tree(file).findValues("id").forEach(id -> ids.add(id.asText()));
        }
        // Those of a call have its name.
        assertThat(ids.stream().filter(id -> !id.contains("{{call}}"))).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyEndpointHasOnlyOptionsThatItsComponentKnows(String file) throws IOException {
        for (String uri : endpoints(file)) {
            if (!uri.startsWith("venice-") && !uri.startsWith("$")) {
                // The API's own parameter, which its component passes on.
                EndpointValidationResult result = catalog.validateEndpointProperties(uri.replace("&type={{?type}}", ""), true);
                assertThat(result.isSuccess()).as(uri + "\n" + result.summaryErrorMessage(true)).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everySimpleExpressionCanBeRead(String file) throws IOException {
        for (JsonNode simple : tree(file).findValues("simple")) {
            String expression = simple.path("expression").asText();
            LanguageValidationResult result = expression.contains("==") || expression.contains("!=")
                    ? catalog.validateLanguagePredicate(null, "simple", expression)
                    : catalog.validateLanguageExpression(null, "simple", expression);
            assertThat(result.isSuccess()).as(expression + ": " + result.getError()).isTrue();
        }
    }

    @Test
    void everyCallOfTheConsoleMeetsTheGuardFirst() throws IOException {
        List<JsonNode> served = new ArrayList<>();
        for (String file : RouteFiles.ALL) {
            for (JsonNode element : routes(file)) {
                JsonNode route = element.has("route") ? element.path("route") : element;
                if (route.path("from").path("uri").asText().startsWith("platform-http:")) {
                    served.add(route);
                }
            }
        }
        assertThat(served).isNotEmpty().allSatisfy(route -> {
            JsonNode first = route.at("/from/steps/0/bean");
            assertThat(first.path("ref").asText() + "." + first.path("method").asText()).isEqualTo("veniceConsoleGuard.check");
            assertThat(route.path("routeConfigurationId").asText()).isEqualTo("venice-console");
        });
    }

    @Test
    void everyDirectEndpointThatIsCalledIsThere() throws IOException {
        Set<String> consumed = new HashSet<>();
        Set<String> called = new HashSet<>();
        for (String file : RouteFiles.ALL) {
            JsonNode tree = tree(file);
            tree.findValues("from").forEach(from -> consumed.add(from.path("uri").asText()));
            tree.findValues("templatedRoute").forEach(made -> consumed.add("direct:" + made.path("routeId").asText()));
            tree.findValues("to").forEach(to -> called.add(to.path("uri").asText()));
        }
        assertThat(consumed).containsAll(called.stream().filter(uri -> uri.startsWith("direct:")).collect(Collectors.toSet()));
    }

    /** What a route asks a bean for is there: a slip in a name would be noticed when a job comes by. */
    @Test
    void everyBeanAndMethodThatARouteNamesIsThere(@TempDir Path home) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            VeniceVideo.addTo(context, Map.of("venice.api.key", "key", "venice.home", home.toString()));
            RouteFileCheck check = new RouteFileCheck(bean -> Optional.ofNullable(context.getRegistry().lookupByName(bean))
                    .map(Object::getClass));
            for (String file : RouteFiles.ALL) {
                assertThat(check.problem(Files.readString(ROUTES.resolve(file)))).as(file).isEmpty();
                for (JsonNode made : tree(file).findValues("templatedRoute")) {
                    Map<String, String> given = new HashMap<>();
                    made.path("parameters").forEach(parameter -> given.put(parameter.path("name").asText(), parameter.path("value").asText()));
                    Object bean = context.getRegistry().lookupByName(given.get("bean"));
                    if (given.containsKey("does")) {
                        assertThat(bean.getClass().getMethods()).extracting(Method::getName).contains(given.get("does"));
                    } else {
                        assertThat(bean).as(made.toString()).isInstanceOf(ApiQuestion.class);
                    }
                }
            }
        }
    }

    /** Where a way forks, a bean is asked: no route compares words, of which nobody would notice a slip. */
    @Test
    void noRouteComparesWords() throws IOException {
        for (String file : RouteFiles.ALL) {
            assertThat(tree(file).findValues("simple")).as(file)
                    .allSatisfy(simple -> assertThat(simple.path("expression").asText()).doesNotContainPattern("[=!]=| (in|contains) "));
        }
    }

    /** A file that is called never calls back: none decides what another's does next. */
    @Test
    void theGraphOfRouteFilesHasNoCircle() throws IOException {
        Map<String, String> fileOf = new HashMap<>();
        Map<String, Set<String>> calls = new HashMap<>();
        for (String file : RouteFiles.ALL) {
            JsonNode tree = tree(file);
            tree.findValues("from").forEach(from -> fileOf.put(from.path("uri").asText(), file));
            tree.findValues("templatedRoute").forEach(made -> fileOf.put("direct:" + made.path("routeId").asText(), file));
        }
        for (String file : RouteFiles.ALL) {
            JsonNode tree = tree(file);
            Set<String> called = tree.findValues("to").stream().map(to -> fileOf.get(to.path("uri").asText()))
                    .filter(other -> other != null && !other.equals(file)).collect(Collectors.toSet());
            calls.put(file, called);
        }
        Set<String> done = new HashSet<>();
        while (calls.keySet().stream().anyMatch(file -> !done.contains(file) && done.containsAll(calls.get(file)))) {
            calls.keySet().stream().filter(file -> done.containsAll(calls.get(file))).toList().forEach(done::add);
        }
        assertThat(calls.keySet()).as("files that call in a circle, or whom one calls that does: " + calls)
                .containsExactlyInAnyOrderElementsOf(done);
        assertThat(calls.get("2-submit.camel.yaml")).containsExactly("3-consent.camel.yaml");
        assertThat(calls.get("3-consent.camel.yaml")).isEmpty();
    }

    @Test
    void filesOfAnotherVersionAreRefusedInWords(@TempDir Path folder) throws Exception {
        for (String file : RouteFiles.ALL) {
            Files.copy(ROUTES.resolve(file), Files.createDirectories(folder.resolve("routes")).resolve(file));
        }
        Path changed = folder.resolve("routes/4-poll.camel.yaml");
        Files.writeString(changed, Files.readString(changed).replace("method: settle", "method: commitAsked"));
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            assertThatThrownBy(() -> VeniceVideo.addTo(context, Map.of("venice.api.key", "key", "venice.home",
                    folder.resolve("home").toString(), "venice.routes.dir", folder.resolve("routes").toString())))
                    .isInstanceOf(InvalidSettingException.class).hasMessageContaining("venice.routes.dir")
                    .hasMessageContaining("4-poll.camel.yaml is not: it asks venicePollSettlement.commitAsked, which there is not (step settle-poll)")
                    .hasMessageContaining("Take the packaged file of this version");
        }
    }

    private static List<JsonNode> routes(String file) throws IOException {
        List<JsonNode> routes = new ArrayList<>();
        for (JsonNode element : tree(file)) {
            Stream.of("route", "routeTemplate", "routeConfiguration").filter(element::has).map(element::get).forEach(routes::add);
        }
        assertThat(routes).as(file).isNotEmpty();
        return routes;
    }

    private static List<String> endpoints(String file) throws IOException {
        JsonNode tree = tree(file);
        List<JsonNode> nodes = new ArrayList<>(tree.findValues("from"));
        nodes.addAll(tree.findValues("to"));
        nodes.addAll(tree.findValues("toD"));
        return nodes.stream().map(RouteFilesTest::uri).toList();
    }

    private static String uri(JsonNode endpoint) {
        String uri = endpoint.path("uri").asText().replace("{{venice:api.url}}", "https://api").replace("{{path}}", "/path")
                .replace("{{method}}", "GET");
        String options = endpoint.path("parameters").properties().stream()
                .map(option -> option.getKey() + "=" + option.getValue().asText())
                .collect(Collectors.joining("&"));
        return options.isEmpty() ? uri : uri + "?" + options;
    }

    private static JsonNode tree(String file) throws IOException {
        Object yaml = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(ROUTES.resolve(file)));
        return JSON.valueToTree(yaml instanceof Map || yaml instanceof List ? yaml : List.of());
    }
}
