package io.github.venicevideo.home;

import io.github.venicevideo.home.foreign.ForeignFolder;
import io.github.venicevideo.home.foreign.ForeignTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way in for what others can write to: it is copied into a tree that is the program's alone, and never opened again. Who
 * owns a file proves nothing, since behind a share everything seems to be ours.
 *
 * <p>{@link #claim} renames it to {@code claimed/} in a work folder. {@link #takeOver} renames each file on to {@code taking/},
 * looks at it there, copies and hashes it in one pass into {@code staged/}, and renames that to its place in {@code dropped/}; then
 * the originals are removed. Links, pipes, devices and files with a second name are left out, and noted. Each step may be the last
 * one of the program, and is done again at the next start.
 */
public final class Border {

    private static final Logger LOG = LoggerFactory.getLogger(Border.class);
    private static final int COPIES_AT_ONCE = 8;
    private static final int MOST_ROUNDS = 3;
    /** What has no copy, and so is kept. */
    private static final Set<Oddity> KEPT =
            EnumSet.of(Oddity.TOO_LARGE, Oddity.TOO_DEEP, Oddity.TOO_MANY, Oddity.UNREADABLE, Oddity.REPLACED);

    private final Home home;
    private final BorderLimits limits;
    private final Semaphore places = new Semaphore(COPIES_AT_ONCE, true);

    public Border(Home home) {
        this(home, BorderLimits.USUAL);
    }

    Border(Home home, BorderLimits limits) {
        this.home = home;
        this.limits = limits;
    }

    /**
     * Claims something: one rename, so that two programs never take the same one. It is not looked at.
     *
     * @param foreign a file or folder of whomever
     * @param entry the name that it gets in {@code claimed/}, and later in {@code dropped/}
     * @throws java.nio.file.NoSuchFileException when somebody else was faster
     */
    public void claim(Path foreign, WorkFolder work, String entry) throws IOException {
        Files.createDirectories(work.claimed());
        DurableFiles.move(foreign, work.claimed().resolve(entry));
    }

    /** The name of what is claimed and not removed yet; empty when nothing is. */
    public Optional<String> claimed(WorkFolder work) throws IOException {
        return entry(work).map(Path::toString);
    }

    /**
     * Copies what was claimed to {@code dropped/}, and removes it. Where nothing is claimed there is nothing to do.
     *
     * @return what the copy consists of, as noted in the work folder
     * @throws StillWrittenException when somebody still writes to it; to be called again later, as after any other failure
     */
    public Taken takeOver(WorkFolder work) throws IOException {
        if (entry(work).isPresent()) {
            places.acquireUninterruptibly();
            try {
                if (work.droppedEntry().isEmpty()) {
                    copyIn(work);
                }
            } finally {
                places.release();
            }
        }
        Taken taken = Taken.read(work).orElse(Taken.nothing());
        clear(work, taken);
        return taken;
    }

    /**
     * At a start, before anything is read: takes over what a program that died had begun to, and what an earlier version, which
     * copied nothing, only renamed to {@code dropped/}. One that cannot be taken over holds up no other.
     */
    public void takeOverWhatIsLeft() throws IOException {
        for (Path path : Names.in(home.work())) {
            WorkFolder work = new WorkFolder(path);
            try {
                if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    Optional<Path> older = Taken.read(work).isPresent() ? Optional.empty() : work.droppedEntry();
                    if (older.isPresent()) {
                        Files.createDirectories(work.claimed());
                        DurableFiles.move(older.get(), work.claimed().resolve(older.get().getFileName()));
                    }
                    takeOver(work);
                }
            } catch (IOException e) {
                LOG.error("{}: what was dropped cannot be copied, and is tried again at the next start: {}", work.jobId(), e.toString());
            }
        }
    }

    /**
     * Copies something that is to stay where it is, to {@code staged/}, and notes what the copy consists of.
     *
     * @param foreign a file or folder of whomever, by a path that the caller vouches for
     * @throws StillWrittenException when somebody writes to it meanwhile
     */
    public Taken copy(Path foreign, WorkFolder work) throws IOException {
        Copying copying = new Copying(limits, new TreeMap<>());
        places.acquireUninterruptibly();
        try (ForeignFolder parent = ForeignFolder.of(foreign.toAbsolutePath().getParent())) {
            new InPlace(limits, copying).copy(parent, foreign.toAbsolutePath(), work.staged());
        } finally {
            places.release();
        }
        copying.taken().write(work);
        return copying.taken();
    }

    private void copyIn(WorkFolder work) throws IOException {
        OwnerOnly.restrict(work.path());
        Files.createDirectories(work.claimed());
        Files.createDirectories(work.taking());
        OwnerOnly.restrict(work.taking());
        for (int round = 1;; round++) {
            DurableFiles.deleteTree(work.staged());
            TreeMap<String, Oddity> odd = new TreeMap<>();
            Draining draining = new Draining(limits, odd);
            draining.drain(work.claimed(), work.taking());
            Copying copying = new Copying(limits, odd);
            MirrorCopy copy = new MirrorCopy(copying);
            copy.copy(work.taking(), work.staged());
            if (!draining.drain(work.claimed(), work.taking())) {
                copy.checkUnchanged();
                finish(work, copying.taken());
                return;
            }
            if (round == MOST_ROUNDS) {
                throw new StillWrittenException(work.claimed().getFileName().toString());
            }
        }
    }

    private static void finish(WorkFolder work, Taken taken) throws IOException {
        Path entry = entry(work).orElseThrow(() -> new IOException("Nothing is left of what was claimed in " + work.path()));
        taken.write(work);
        Files.createDirectories(work.dropped());
        DurableFiles.move(work.staged(), work.dropped().resolve(entry));
    }

    private static Optional<Path> entry(WorkFolder work) throws IOException {
        for (Path place : new Path[] {work.taking().resolve(Draining.FOLDERS), work.taking().resolve(Draining.FILES),
            work.claimed()}) {
            if (holdsAny(place)) {
                return Optional.of(Names.in(place).get(0).getFileName());
            }
        }
        return Optional.empty();
    }

    /** What cannot be removed, and what has no copy, is put aside: no job fails of it, and its folder can go when it ends. */
    private void clear(WorkFolder work, Taken taken) throws IOException {
        boolean kept = taken.odd().values().stream().anyMatch(KEPT::contains) && entry(work).isPresent();
        if (!kept) {
            try {
                ForeignTrees.remove(work.taking());
                ForeignTrees.remove(work.claimed());
                return;
            } catch (IOException e) {
                LOG.warn("What was dropped and is copied by now cannot be removed: {}", e.toString());
            }
        }
        Path aside = home.left().resolve(work.jobId());
        Files.createDirectories(aside);
        OwnerOnly.restrict(home.left());
        for (Path rest : new Path[] {work.claimed(), work.taking()}) {
            if (Files.exists(rest, LinkOption.NOFOLLOW_LINKS)) {
                DurableFiles.move(rest, free(aside.resolve(rest.getFileName().toString())));
            }
        }
        LOG.warn("{} holds what could not be {}; look at it, and remove it", aside, kept ? "taken" : "removed");
    }

    private static Path free(Path wanted) {
        Path free = wanted;
        for (int i = 2; Files.exists(free, LinkOption.NOFOLLOW_LINKS); i++) {
            free = wanted.resolveSibling(wanted.getFileName() + "-" + i);
        }
        return free;
    }

    private static boolean holdsAny(Path folder) throws IOException {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && !Names.in(folder).isEmpty();
    }
}
