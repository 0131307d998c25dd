package io.github.venicevideo.home;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.venicevideo.venice.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a work folder's copy of a bundle consists of.
 *
 * @param files by their names below what was dropped, with {@code /} between the parts; {@code ""} for a single file
 * @param odd what has no copy, and why, by the same names
 */
public record Taken(SortedMap<String, TakenFile> files, SortedMap<String, Oddity> odd) {

    /** Keeps what it is given from being changed. */
    public Taken {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        odd = Collections.unmodifiableSortedMap(new TreeMap<>(odd));
    }

    /** Of a bundle that is of our own making. */
    public static Taken nothing() {
        return new Taken(Collections.emptySortedMap(), Collections.emptySortedMap());
    }

    /** Notes it, durably: what lies in {@code dropped/} is the program's own. */
    public void write(WorkFolder work) throws IOException {
        DurableFiles.write(work.takenFile(), Json.mapper().writeValueAsBytes(this));
    }

    /** What is noted in a work folder; empty for a bundle of our own making, or of a version that kept no note. */
    public static Optional<Taken> read(WorkFolder work) throws IOException {
        try {
            return Optional.of(Json.mapper().readValue(Files.readAllBytes(work.takenFile()), Taken.class));
        } catch (NoSuchFileException | JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
