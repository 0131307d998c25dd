package io.github.venicevideo.intake;

import io.github.venicevideo.home.BorderLimits;
import io.github.venicevideo.home.Rights;
import io.github.venicevideo.home.drop.Drop;
import io.github.venicevideo.intake.names.IgnoredNames;
import io.github.venicevideo.intake.names.UnfinishedNames;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** One drop folder, as far as it was looked through. Used by one thread. */
final class DropFolder {

    /** However many lie there, no more are held; the others are seen when these are taken. */
    private static final int MOST_ENTRIES = 50_000;

    private final Drop drop;
    private final Duration settle;
    private final Duration settlePromptOnly;
    private Map<String, Seen> entries = new HashMap<>();
    /** One name that this platform cannot spell must not keep the others waiting. */
    private final Map<String, String> unspelled = new HashMap<>();

    DropFolder(Drop drop, Duration settle, Duration settlePromptOnly) {
        this.drop = drop;
        this.settle = settle;
        this.settlePromptOnly = settlePromptOnly;
    }

    /** Looks through it once, without following links. */
    void look(Instant now) throws IOException {
        Map<String, Seen> seen = new HashMap<>();
        unspelled.clear();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(drop.folder())) {
            for (Path path : stream) {
                String name = path.getFileName().toString();
                if (seen.size() + unspelled.size() >= MOST_ENTRIES || isLeaving(path)) {
                    continue;
                }
                Optional<String> why = Rights.unspelled(path);
                if (why.isPresent()) {
                    unspelled.put(name, why.get());
                } else {
                    Snapshot snapshot = Snapshot.of(drop.folder(), path, BorderLimits.USUAL);
                    Seen before = entries.get(name);
                    seen.put(name, before == null ? Seen.first(snapshot, now) : before.next(snapshot, now));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        entries = seen;
    }

    /** What can be claimed, the oldest first. */
    List<Settled> settled(Instant now) {
        List<Map.Entry<String, Seen>> settled = new ArrayList<>();
        for (Map.Entry<String, Seen> entry : entries.entrySet()) {
            if (entry.getValue().isSettled(now, settle, settlePromptOnly)) {
                settled.add(entry);
            }
        }
        settled.sort(Comparator.comparing((Map.Entry<String, Seen> entry) -> entry.getValue().since())
                .thenComparing(Map.Entry::getKey));
        return settled.stream().map(entry -> new Settled(drop.name(), drop.folder(), entry.getKey(),
                entry.getValue().snapshot().bytes())).toList();
    }

    /** How it looked when it was found to be whole; empty when it was not there at the last look. */
    Optional<Seen> seen(Settled settled) {
        return Optional.ofNullable(entries.get(settled.entry()));
    }

    void hinder(Settled settled, String why, Instant now) {
        entries.computeIfPresent(settled.entry(), (entry, seen) -> seen.hindered(why, now));
    }

    /** What still lies there and why, by its name. */
    SortedMap<String, String> stays(Instant now) {
        SortedMap<String, String> stays = new TreeMap<>(unspelled);
        entries.forEach((entry, seen) -> seen.stay(now).ifPresent(why -> stays.put(entry, why)));
        return stays;
    }

    private static boolean isLeaving(Path path) {
        String name = path.getFileName().toString();
        return IgnoredNames.isIgnored(path.getFileName()) && !UnfinishedNames.isUnfinished(name)
                || Files.isDirectory(path, java.nio.file.LinkOption.NOFOLLOW_LINKS) && IgnoredNames.isIgnoredFolder(path.getFileName());
    }
}
