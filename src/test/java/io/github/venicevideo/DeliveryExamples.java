package io.github.venicevideo;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** The settings that docs/integrators.md and docs/sources.md show. */
public final class DeliveryExamples {

    private static final String BEGIN = "```properties\n";

    private DeliveryExamples() {
    }

    /** The first block of settings under a heading, with texts that stand in it replaced by others. */
    public static Properties under(String heading, Map<String, String> places) throws IOException {
        return under("docs/integrators.md", heading, places);
    }

    /** The same out of another page. */
    public static Properties under(String file, String heading, Map<String, String> places) throws IOException {
        String page = Files.readString(Path.of(file));
        String section = page.substring(page.indexOf("\n## " + heading + "\n"));
        int start = section.indexOf(BEGIN) + BEGIN.length();
        String block = section.substring(start, section.indexOf("\n```", start));
        for (Map.Entry<String, String> place : places.entrySet()) {
            if (!block.contains(place.getKey())) {
                throw new AssertionError("There is no " + place.getKey() + " under \"" + heading + "\"");
            }
            block = block.replace(place.getKey(), place.getValue());
        }
        Properties properties = new Properties();
        properties.load(new StringReader(block));
        return properties;
    }
}
