package io.github.venicevideo.intake;

import io.github.venicevideo.settings.Settings;
import java.io.File;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a drop folder's file consumer see one file of each bundle, and only when nothing in the bundle has changed
 * for a while or its {@code .ready} file says that it is whole.
 *
 * <p>It goes by what it has seen itself, not by the files' times, which a share's other end may set to anything.
 */
public final class Settling implements GenericFileFilter<File> {

    private static final Logger LOG = LoggerFactory.getLogger(Settling.class);
    private static final int MOST_TOLD = 100;
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(1);
    private static final Duration ONE_LOOK = Duration.ofMillis(200);

    private final Clock clock;
    private final Duration settle;
    private final Duration settlePromptOnly;
    private final Set<String> unspeakable = ConcurrentHashMap.newKeySet();
    private final Map<Path, Seen> bundles = new ConcurrentHashMap<>();

    /** Reads {@code venice.drop.settle} and {@code venice.drop.settle-prompt-only}. */
    public Settling(Clock clock, Settings settings) {
        this.clock = clock;
        this.settle = settings.duration("venice.drop.settle");
        this.settlePromptOnly = settings.duration("venice.drop.settle-prompt-only");
    }

    @Override
    public boolean accept(GenericFile<File> file) {
        Path relative;
        try {
            relative = Path.of(file.getRelativeFilePath());
        } catch (InvalidPathException e) {
            tellUnspeakable(file);
            return false;
        }
        if (file.isDirectory()) {
            return !IgnoredNames.isIgnoredFolder(relative);
        }
        if (IgnoredNames.isIgnored(relative)) {
            return false;
        }
        Path drop = Path.of(file.getEndpointPath()).toAbsolutePath().normalize();
        Seen seen = look(drop, drop.resolve(relative.getName(0)));
        return seen.settled(clock.instant(), settle, settlePromptOnly)
                && seen.snapshot().trigger().filter(relative.toString()::equals).isPresent();
    }

    /** One name that this platform cannot spell must not keep the others of its drop folder waiting; said once. */
    private void tellUnspeakable(GenericFile<File> file) {
        if (unspeakable.size() < MOST_TOLD && unspeakable.add(file.getRelativeFilePath())) {
            LOG.warn("In the drop folder {} lies a name that this program cannot spell, so it is left there: {}. Rename it, or"
                    + " start the program in a UTF-8 locale such as LC_ALL=C.UTF-8", file.getEndpointPath(),
                    file.getRelativeFilePath().replaceAll("\\p{Cntrl}", "?"));
        }
    }

    private Seen look(Path drop, Path bundle) {
        Instant now = clock.instant();
        bundles.values().removeIf(seen -> seen.lookedAt().isBefore(now.minus(FORGOTTEN_AFTER)));
        return bundles.compute(bundle, (path, before) -> {
            // A look that lies ahead was taken before the clock was set back.
            boolean ahead = before != null && before.lookedAt().isAfter(now);
            if (before != null && !ahead && before.lookedAt().isAfter(now.minus(ONE_LOOK))) {
                return before;
            }
            Snapshot snapshot;
            try {
                snapshot = Snapshot.of(drop, bundle);
            } catch (IOException e) {
                snapshot = new Snapshot(Collections.emptySortedMap(), false, false);
            }
            boolean same = before != null && !ahead && before.snapshot().equals(snapshot);
            return new Seen(snapshot, same ? before.since() : now, now);
        });
    }

    /** A bundle's look, since when it looks like that, and when it was looked at last. */
    record Seen(Snapshot snapshot, Instant since, Instant lookedAt) {

        boolean settled(Instant now, Duration settle, Duration settlePromptOnly) {
            if (snapshot.ready()) {
                return true;
            }
            Duration wait = snapshot.isPromptOnly() ? settlePromptOnly : settle;
            return !now.isBefore(since.plus(wait));
        }
    }
}
