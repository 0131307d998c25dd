package io.github.venicevideo.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A new ledger's tables, made once for all the tests of a JVM: where nothing lies yet, the file is put there. */
public final class MigratedLedger {

    private static final byte[] FILE = made();

    private MigratedLedger() {
    }

    /** Has a program that starts on this folder find what its first start would have made. */
    public static void into(Path folder) throws IOException {
        if (!Files.exists(folder.resolve(LedgerDatabase.FILE))) {
            Files.createDirectories(folder);
            Files.write(folder.resolve(LedgerDatabase.FILE), FILE);
        }
    }

    private static byte[] made() {
        try {
            Path folder = Files.createTempDirectory("migrated");
            Ledger ledger = new Ledger(folder, Clock.systemUTC());
            ledger.start();
            ledger.stop();
            byte[] file = Files.readAllBytes(folder.resolve(LedgerDatabase.FILE));
            try (Stream<Path> files = Files.walk(folder)) {
                List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
                for (Path each : all) {
                    Files.delete(each);
                }
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
