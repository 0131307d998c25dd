package io.github.venicevideo.ledger.store;

import io.github.venicevideo.home.FileTroubles;
import io.github.venicevideo.home.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds a ledger for one program. The kernel lets go of it when the program dies, however it dies; the database
 * file itself is never locked this way, since closing any handle on it would drop SQLite's own locks.
 */
public final class LedgerLock implements AutoCloseable {

    /**
     * What this JVM holds. A lock belongs to the process, and closing any handle on its file lets go of it: a second
     * try must not even open the file. So this is known for the whole JVM, as the lock is.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final FileChannel channel;
    private final Path folder;

    private LedgerLock(FileChannel channel, Path folder) {
        this.channel = channel;
        this.folder = folder;
    }

    /** @throws LedgerException when another program holds it, or the folder cannot be used */
    public static LedgerLock take(Path folder) {
        try {
            Files.createDirectories(folder);
            OwnerOnly.restrict(folder);
            Path real = folder.toRealPath();
            if (!HELD.add(real)) {
                throw taken(folder);
            }
            try {
                return lock(real).orElseThrow(() -> taken(folder));
            } catch (IOException | RuntimeException e) {
                HELD.remove(real);
                throw e;
            }
        } catch (IOException e) {
            throw new LedgerException("The ledger folder " + folder + " cannot be used: " + FileTroubles.inWords(e)
                    + ". Set venice.ledger.dir to a folder on a local disk that this program may write to.", e);
        }
    }

    private static Optional<LedgerLock> lock(Path folder) throws IOException {
        FileChannel channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new LedgerLock(channel, folder));
            }
        } catch (OverlappingFileLockException e) {
            // held by our own classes in another class loader of this JVM; told like any other holder
        }
        channel.close();
        return Optional.empty();
    }

    private static LedgerException taken(Path folder) {
        return new LedgerException("Another program is using the ledger in " + folder
                + ". Stop it, or give this one a home of its own with venice.home.");
    }

    @Override
    public void close() {
        try {
            channel.close();
            HELD.remove(folder);
        } catch (IOException e) {
            throw new LedgerException("The ledger's lock could not be released: " + e.getMessage(), e);
        }
    }
}
