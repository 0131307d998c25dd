package io.github.venicevideo.intake;

import io.github.venicevideo.home.WorkFolder;
import io.github.venicevideo.intake.bundle.NotWrittenException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Keeps one bundle from ending the program at each of its starts. While a bundle is read, its work folder says so; what says
 * so still when it is to be read may be what the program died of. It is read again while nothing else is read, and when the
 * program dies of that twice, not any more.
 */
final class ReadAlone {

    private static final int MOST_DEATHS = 2;

    /** Reading beside others is the shared lock. */
    private final ReentrantReadWriteLock readers = new ReentrantReadWriteLock(true);

    /**
     * Notes that a bundle is being read, and waits for the others where it is to be read alone. The note is not synced: it is
     * for a program that dies, not for a machine.
     */
    Turn begin(WorkFolder work) throws IOException {
        Path note = work.path().resolve("reading");
        int alone = alone(note);
        if (alone >= MOST_DEATHS) {
            return new Turn(note, true, () -> { });
        }
        Lock lock = alone < 0 ? readers.readLock() : readers.writeLock();
        lock.lock();
        try {
            Files.writeString(note, String.valueOf(alone + 1));
        } catch (IOException e) {
            lock.unlock();
            throw new NotWrittenException(e);
        }
        return new Turn(note, false, lock::unlock);
    }

    /** How often it has been read alone and the program died of it; below zero where nobody was reading it. */
    private static int alone(Path note) throws IOException {
        try {
            byte[] digits = Files.readAllBytes(note);
            return digits.length == 1 && Character.isDigit(digits[0]) ? Integer.parseInt(new String(digits, StandardCharsets.US_ASCII)) : 0;
        } catch (NoSuchFileException e) {
            return -1;
        }
    }

    /**
     * One reading.
     *
     * @param note where it is noted
     * @param isRefused whether it is not to be read, since the program died of that twice
     */
    record Turn(Path note, boolean isRefused, Runnable unlock) {

        /** It is through, well or not. */
        void through() throws IOException {
            Files.deleteIfExists(note);
        }

        /** It is over, and where it was not through, that stays known. */
        void end() {
            unlock.run();
        }
    }
}
