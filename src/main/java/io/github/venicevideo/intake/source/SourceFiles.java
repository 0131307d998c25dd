package io.github.venicevideo.intake.source;

import io.github.venicevideo.intake.names.BundleNames;
import io.github.venicevideo.intake.names.IgnoredNames;
import io.github.venicevideo.intake.names.SafeNames;
import io.github.venicevideo.settings.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;

/** Lets a source's file consumer see single-file bundles, each when its length and time have not changed for a while. */
public final class SourceFiles implements GenericFileFilter<Object> {

    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);
    private static final Duration SWEPT_EVERY = Duration.ofMinutes(1);

    private final Clock clock;
    private final Duration settle;
    private final Map<String, Seen> files = new ConcurrentHashMap<>();
    private final AtomicReference<Instant> swept = new AtomicReference<>(Instant.EPOCH);

    /** Reads {@code venice.drop.settle}. */
    public SourceFiles(Clock clock, Settings settings) {
        this.clock = clock;
        this.settle = settings.duration("venice.drop.settle");
    }

    @Override
    public boolean accept(GenericFile<Object> file) {
        String name = file.getFileNameOnly();
        if (file.isDirectory()) {
            // A name such as .. is no folder of the source's, whatever a server says.
            return SafeNames.isFileName(name);
        }
        if (!BundleNames.isSingleFile(name) || IgnoredNames.isIgnored(name) || !SafeNames.isFileName(name)) {
            return false;
        }
        Instant now = clock.instant();
        forgetOld(now);
        String look = file.getFileLength() + "@" + file.getLastModified();
        Seen seen = files.compute(file.getEndpointPath() + "|" + file.getRelativeFilePath(), (key, before) -> {
            boolean same = before != null && before.look().equals(look) && !before.since().isAfter(now);
            return new Seen(look, same ? before.since() : now, now);
        });
        return !now.isBefore(seen.since().plus(settle));
    }

    /** Now and then: for each file of a full folder it would be gone through whole. */
    private void forgetOld(Instant now) {
        Instant before = swept.get();
        boolean due = !now.isBefore(before.plus(SWEPT_EVERY)) || before.isAfter(now);
        if (due && swept.compareAndSet(before, now)) {
            files.values().removeIf(seen -> seen.last().isBefore(now.minus(FORGOTTEN_AFTER)));
        }
    }

    private record Seen(String look, Instant since, Instant last) {
    }
}
