package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The parts that the pages are made of. */
final class DocPages {

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

    static List<String> blocks(Path page, String language) throws IOException {
        List<String> blocks = Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$").matcher(Files.readString(page))
                .results().map(match -> match.group(1)).toList();
        assertThat(blocks).as(page + " has blocks of " + language).isNotEmpty();
        return blocks;
    }

    static String section(Path page, String title) throws IOException {
        return Files.readString(page).lines()
                .dropWhile(line -> !line.equals("## " + title)).skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .collect(Collectors.joining("\n"));
    }

    static String prose(Path page) throws IOException {
        return Files.readString(page).replaceAll("(?ms)^```.*?^```$", "");
    }

    static List<String> codes(String text) {
        return CODE.matcher(text).results().map(match -> match.group(1)).toList();
    }
}
