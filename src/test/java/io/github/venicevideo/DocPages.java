package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The pages, and the parts that they are made of. */
public final class DocPages {

    static final Path README = Path.of("README.md");
    static final Path DESIGNERS = Path.of("docs/designers.md");
    static final Path OPERATORS = Path.of("docs/operators.md");
    static final Path INTEGRATORS = Path.of("docs/integrators.md");
    static final Path AUDITORS = Path.of("docs/auditors.md");
    static final Path DEVELOPERS = Path.of("docs/developers.md");

    /** All that there are. */
    static final List<Path> ALL = List.of(README, DESIGNERS, OPERATORS, INTEGRATORS, AUDITORS, DEVELOPERS,
            Path.of("CONTRIBUTING.md"), Path.of("SECURITY.md"), Path.of("CHANGELOG.md"));

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private DocPages() {
    }

    /** The cells of the table whose first heading is the given one, without its headings. */
    static List<List<String>> table(Path page, String heading) throws IOException {
        List<List<String>> rows = prose(page).lines()
                .dropWhile(line -> !line.startsWith("| " + heading + " |"))
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> Arrays.stream(line.substring(1, line.length() - 1).split("\\|", -1)).map(String::strip).toList())
                .toList();
        assertThat(rows).as(page + " has a table of " + heading).isNotEmpty();
        return rows;
    }

    /** The first code of each row of a table. */
    static List<String> firstCodes(Path page, String heading) throws IOException {
        return table(page, heading).stream().map(row -> codes(row.get(0)).get(0)).toList();
    }

    static List<String> blocks(Path page, String language) throws IOException {
        return Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$").matcher(Files.readString(page))
                .results().map(match -> match.group(1)).toList();
    }

    static String section(Path page, String title) throws IOException {
        return Files.readString(page).lines()
                .dropWhile(line -> !line.matches("##+ " + Pattern.quote(title))).skip(1)
                .takeWhile(line -> !line.startsWith("##"))
                .collect(Collectors.joining("\n"));
    }

    /** The settings that the integrators' page shows under a heading, with texts that stand in them replaced by others. */
    public static Properties settings(String title, Map<String, String> places) throws IOException {
        String block = Pattern.compile("(?ms)^```properties\n(.*?)^```$").matcher(section(INTEGRATORS, title)).results()
                .map(match -> match.group(1)).findFirst().orElseThrow(() -> new AssertionError("No settings under " + title));
        for (Map.Entry<String, String> place : places.entrySet()) {
            assertThat(block).as(title).contains(place.getKey());
            block = block.replace(place.getKey(), place.getValue());
        }
        return properties(block);
    }

    static Properties properties(String block) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(block));
        return properties;
    }

    static String prose(Path page) throws IOException {
        return Files.readString(page).replaceAll("(?ms)^```.*?^```$", "");
    }

    static List<String> codes(String text) {
        return CODE.matcher(text).results().map(match -> match.group(1)).toList();
    }
}
