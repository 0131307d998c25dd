package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private static final Pattern IN_ROUTES = Pattern.compile("\\{\\{(venice\\.[a-z0-9.-]+)}}");

    @Test
    void everyPackagedSettingIsReadSomewhere() throws Exception {
        Set<String> read = canonical(Stream.concat(mentions("src/main/java", IN_JAVA), mentions("routes", IN_ROUTES)));

        assertThat(canonical(Settings.packaged().keys().stream()))
                .isNotEmpty()
                .allMatch(key -> read.contains(key) || read.stream().anyMatch(group -> key.startsWith(group + ".")
                        && Set.of("venice.defaults", "venice.budget").contains(group)));
    }

    @Test
    void everySettingThatARouteReadsIsPackaged() throws Exception {
        assertThat(canonical(Settings.packaged().keys().stream()))
                .containsAll(canonical(mentions("routes", IN_ROUTES)));
    }

    @Test
    void theFileAtTheTopIsThePackagedOne() throws Exception {
        byte[] packaged = getClass().getClassLoader().getResourceAsStream(Settings.PACKAGED).readAllBytes();

        assertThat(Path.of("application.properties")).hasBinaryContent(packaged);
    }

    private static Stream<String> mentions(String folder, Pattern pattern) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            Set<String> found = new TreeSet<>();
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Matcher matcher = pattern.matcher(Files.readString(file));
                while (matcher.find()) {
                    found.add(matcher.group(1));
                }
            }
            return found.stream();
        }
    }

    private static Set<String> canonical(Stream<String> keys) {
        return keys.map(Settings::canonical).collect(Collectors.toCollection(TreeSet::new));
    }
}
