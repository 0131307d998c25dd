package io.github.venicevideo.home;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.venicevideo.venice.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What lies in a folder that people put things into, and is not taken: said in the log once, and asked for by health. Kept in a file
 * too, for commands, which run beside the program.
 */
public final class Stays {

    private static final Logger LOG = LoggerFactory.getLogger(Stays.class);
    private static final int MOST_SAID = 10;

    private final Path file;
    private final Map<String, SortedMap<String, String>> stays = new TreeMap<>();

    public Stays(Home home) {
        this.file = file(home);
    }

    /** What lies in a folder now, each with a clause that says why. */
    public synchronized void in(String folder, SortedMap<String, String> now) {
        SortedMap<String, String> before = stays.getOrDefault(folder, new TreeMap<>());
        if (now.equals(before)) {
            return;
        }
        List<Map.Entry<String, String>> news = now.entrySet().stream()
                .filter(stay -> !stay.getValue().equals(before.get(stay.getKey()))).toList();
        news.stream().limit(MOST_SAID).forEach(stay -> LOG.warn("{}", sentence(folder, stay.getKey(), stay.getValue())));
        if (news.size() > MOST_SAID) {
            LOG.warn("And {} more stay in {}; --status names them", news.size() - MOST_SAID, folder);
        }
        stays.put(folder, new TreeMap<>(now));
        try {
            DurableFiles.write(file, Json.mapper().writeValueAsBytes(sentences()));
        } catch (IOException e) {
            LOG.debug("What stays in the drop folders could not be noted for --status", e);
        }
    }

    /** A sentence for each. */
    public synchronized List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        stays.forEach((folder, each) -> each.forEach((name, why) -> sentences.add(sentence(folder, name, why))));
        return sentences;
    }

    /** What a program that works in this home, or did so last, has found. */
    public static List<String> read(Home home) throws IOException {
        try {
            return List.of(Json.mapper().readValue(Files.readAllBytes(file(home)), String[].class));
        } catch (NoSuchFileException | JsonProcessingException e) {
            return List.of();
        }
    }

    private static Path file(Home home) {
        return home.root().resolve(".stays.json");
    }

    private static String sentence(String folder, String name, String why) {
        return ShownNames.of(name) + " stays in " + folder + ": it " + why + ".";
    }
}
