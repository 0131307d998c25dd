package io.github.venicevideo.ledger;

import io.github.venicevideo.home.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Holds a ledger for one program. The kernel lets go of it when the program dies, however it dies; the database
 * file itself is never locked this way, since closing any handle on it would drop SQLite's own locks.
 */
final class LedgerLock implements AutoCloseable {

    private final FileChannel channel;

    private LedgerLock(FileChannel channel) {
        this.channel = channel;
    }

    static LedgerLock take(Path folder) {
        Path file = folder.resolve("lock");
        try {
            Files.createDirectories(folder);
            OwnerOnly.restrict(folder);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    return new LedgerLock(channel);
                }
            } catch (OverlappingFileLockException e) {
                // another context of this JVM holds it; told like any other holder
            }
            channel.close();
        } catch (IOException e) {
            throw new LedgerException("The ledger folder " + folder + " cannot be used: " + e.getMessage()
                    + ". Set venice.ledger.dir to a folder on a local disk that this program may write to.", e);
        }
        throw new LedgerException("Another program is using the ledger in " + folder
                + ". Stop it, or give this one a home of its own with venice.home.");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new LedgerException("The ledger's lock could not be released: " + e.getMessage(), e);
        }
    }
}
