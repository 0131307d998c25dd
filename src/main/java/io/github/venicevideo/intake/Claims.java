package io.github.venicevideo.intake;

import io.github.venicevideo.home.Border;
import io.github.venicevideo.home.Claim;
import io.github.venicevideo.home.DiskRoom;
import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.JobIds;
import io.github.venicevideo.home.Rights;
import io.github.venicevideo.home.ShownNames;
import io.github.venicevideo.home.WorkFolder;
import io.github.venicevideo.intake.names.BundleNames;
import io.github.venicevideo.intake.problem.ReadLimits;
import io.github.venicevideo.venice.endpoint.Sentences;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes bundles out of the drop folders: one atomic rename each, so that two programs never take the same one. */
public final class Claims {

    private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

    /** No byte of Deflate comes to more. */
    private static final int TIGHTEST = 1_032;

    private final Home home;
    private final Border border;
    private final Settling settling;
    private final DiskRoom room;
    private final JobIds ids;
    private final Clock clock;
    /** Drops whose trouble was told; until one of their bundles can be taken again. */
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    /** Several are taken in at a time, and each has room of its own. */
    private final Map<Settled, DiskRoom.Held> rooms = new ConcurrentHashMap<>();

    public Claims(Home home, Border border, Settling settling, DiskRoom room, JobIds ids, Clock clock) {
        this.home = home;
        this.border = border;
        this.settling = settling;
        this.room = room;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Claims a bundle that was found to be whole.
     *
     * @return empty when somebody else was faster, or it was changed or taken away, or cannot be moved, emptied or copied now, such
     *         as while somebody holds it open or the disk is full: it stays where it is, with the reason, and is tried again
     */
    public Optional<Claim> claim(Settled settled) {
        try {
            if (!settling.isStill(settled)) {
                return Optional.empty();
            }
            Optional<String> hindrance = Rights.lack(settled.path()).or(() -> lacksRoom(settled));
            hindrance.ifPresent(why -> settling.hinder(settled, why));
            return hindrance.isPresent() ? Optional.empty() : take(settled);
        } catch (IOException e) {
            if (told.add(settled.drop())) {
                LOG.error("{} cannot be taken from {}. It stays there, with all that comes after it, and is tried again until that is"
                        + " mended. {}", ShownNames.of(settled.entry()), settled.drop(), e.toString());
            }
            settling.hinder(settled, "cannot be taken, and is tried again until that is mended: " + Sentences.of(e));
            return Optional.empty();
        }
    }

    /** It is taken in, or stays where it is: the room that was kept for it is free again. */
    public void through(@ExchangeProperty("veniceSettled") Settled settled) {
        Optional.ofNullable(rooms.remove(settled)).ifPresent(DiskRoom.Held::giveBack);
    }

    /** For the copy and for what is unpacked of it, which is at most as much again, or what the reader's bounds allow of a zip. */
    private Optional<String> lacksRoom(Settled settled) {
        long unpacked = Math.min(ReadLimits.DEFAULT.unpackedBytes(), settled.bytes() * TIGHTEST);
        long needed = settled.bytes() + Math.max(settled.bytes(), settled.isZip() ? unpacked : 0);
        Optional<DiskRoom.Held> held = room.takeSome(needed);
        // It may have been found a second time before it was claimed, and is through once only.
        held.flatMap(taken -> Optional.ofNullable(rooms.put(settled, taken))).ifPresent(DiskRoom.Held::giveBack);
        return held.isPresent() ? Optional.empty() : Optional.of("cannot be taken, since the disk is full: its copy, and what is"
                + " unpacked of it, may need " + (needed / 1_000_000 + 1) + " MB. Make room; then it is taken by itself");
    }

    private Optional<Claim> take(Settled settled) throws IOException {
        String jobId = ids.next();
        WorkFolder folder = home.work(jobId);
        String entry = ShownNames.of(settled.entry());
        Claim claim = Claim.of(jobId, settled.drop(), BundleNames.of(entry), entry,
                Files.isDirectory(settled.path(), LinkOption.NOFOLLOW_LINKS), Optional.empty(), clock.instant());
        try {
            claim.write(folder);
            border.claim(settled.path(), folder, entry);
        } catch (IOException e) {
            // A share may say that a rename failed which it has made.
            if (border.claimed(folder).isPresent()) {
                return Optional.of(claim);
            }
            remove(folder, e);
            if (e instanceof NoSuchFileException) {
                return Optional.empty();
            }
            throw e;
        }
        if (told.remove(settled.drop())) {
            LOG.info("Bundles can be taken from {} again", settled.drop());
        }
        LOG.info("{}: taken from {}", claim.bundle(), settled.drop());
        return Optional.of(claim);
    }

    /** The next start does it where this one cannot. */
    private static void remove(WorkFolder folder, IOException why) {
        try {
            DurableFiles.deleteTree(folder.path());
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }
}
