package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.settings.Setting;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.settings.SettingsTable;
import io.github.venicevideo.venice.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The packaged settings and what reads them agree. */
class PackagedSettingsTest {

    private static final Pattern IN_JAVA = Pattern.compile("\"(venice\\.[a-z0-9.-]+)\"");
    private static final Pattern IN_ROUTES = Pattern.compile("\\{\\{(venice:[a-z0-9.-]+)}}");
    private static final Set<String> TABLE = Set.of("IncomingSettings.java", "WorkSettings.java", "OutgoingSettings.java", "NamedSettings.java");
    private static final int WIDTH = 120;
    private static final String HEAD = """
            # Settings of Venice Video Routes, with their defaults. Put a file of this name where you start the program, with
            # just the lines that you want to change. Each is an environment variable too: venice.api.key is VENICE_API_KEY.
            # Durations are written 500ms, 2s, 5m, 24h, 90d.
            """;
    private static final Path METADATA = Path.of("src/main/resources/META-INF/spring-configuration-metadata.json");

    @Test
    void everySettingIsReadSomewhere() throws Exception {
        Set<String> read = canonical(Stream.concat(mentions("src/main/java", IN_JAVA), mentions("routes", IN_ROUTES)));

        assertThat(canonical(Settings.packaged().keys().stream()))
                .isNotEmpty()
                .allMatch(key -> read.contains(key) || read.stream().anyMatch(group -> key.startsWith(group + ".")
                        && Set.of("venice.defaults", "venice.budget").contains(group)));
    }

    @Test
    void everySettingThatARouteReadsIsThere() throws Exception {
        assertThat(canonical(Settings.packaged().keys().stream()))
                .containsAll(canonical(mentions("routes", IN_ROUTES)));
    }

    /** When it does not, what it should say is in {@code target/}. */
    @Test
    void thePackagedFileSaysWhatTheTableSays() throws Exception {
        StringBuilder wanted = new StringBuilder(HEAD);
        String group = "";
        for (Setting setting : SettingsTable.ALL) {
            String next = setting.key().split("\\.")[1];
            wanted.append(next.equals(group) ? "" : "\n").append(comment(setting)).append(setting.key()).append('=')
                    .append(setting.standard()).append('\n');
            group = next;
        }
        wanted.append("\n# Where a name of yours stands in the key:\n");
        SettingsTable.NAMED.forEach(setting -> wanted.append("\n").append(comment(setting)).append("# ").append(setting.key()).append("=\n"));
        Files.writeString(Path.of("target/application.properties"), wanted);

        assertThat(Path.of("application.properties")).hasContent(wanted.toString());
    }

    private static String comment(Setting setting) {
        StringBuilder comment = new StringBuilder();
        int column = 0;
        for (String word : setting.sentence().replace("`", "").split(" ")) {
            boolean fits = column > 0 && column + word.length() < WIDTH;
            comment.append(fits ? " " : column == 0 ? "# " : "\n# ").append(word);
            column = (fits ? column : 1) + 1 + word.length();
        }
        return comment.append('\n').toString();
    }

    /** When it does not, what it should say is in {@code target/}. */
    @Test
    void anEditorIsToldWhatTheTableSays() throws Exception {
        ObjectNode metadata = Json.mapper().createObjectNode();
        ArrayNode properties = metadata.putArray("properties");
        SettingsTable.ALL.forEach(setting -> {
            ObjectNode property = properties.addObject().put("name", setting.key()).put("type", javaType(setting))
                    .put("description", setting.sentence().replace("`", ""));
            if (!setting.standard().isEmpty()) {
                property.put("defaultValue", setting.standard());
            }
        });
        SettingsTable.REMOVED.forEach(setting -> properties.addObject().put("name", setting.key()).put("type", javaType(setting))
                .putObject("deprecation").put("level", "error").put("reason", setting.successor().orElseThrow()));
        properties.addObject().put("name", "venice.destinations").put("type", "java.util.Map<java.lang.String,java.lang.String>")
                .put("description", "The endpoint URIs of destinations, by their names.");
        String wanted = new String(Json.pretty(metadata), java.nio.charset.StandardCharsets.UTF_8) + "\n";
        Files.writeString(Path.of("target/spring-configuration-metadata.json"), wanted);

        assertThat(METADATA).hasContent(wanted);
    }

    private static String javaType(Setting setting) {
        Class<?> type = setting.type().javaType();
        return type == List.class ? "java.util.List<java.lang.String>" : type.getName();
    }

    @Test
    void theFileAtTheTopIsThePackagedOne() throws Exception {
        byte[] packaged = getClass().getClassLoader().getResourceAsStream("venice-video/application.properties").readAllBytes();

        assertThat(Path.of("application.properties")).hasBinaryContent(packaged);
    }

    private static Stream<String> mentions(String folder, Pattern pattern) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            Set<String> found = new TreeSet<>();
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)
                    .filter(each -> !TABLE.contains(each.getFileName().toString()))::iterator) {
                Matcher matcher = pattern.matcher(Files.readString(file));
                while (matcher.find()) {
                    found.add(matcher.group(1));
                }
            }
            return found.stream();
        }
    }

    private static Set<String> canonical(Stream<String> keys) {
        return keys.map(key -> Settings.canonical(key.replace(':', '.'))).collect(Collectors.toCollection(TreeSet::new));
    }
}
