package io.github.venicevideo.ledger.mend;

import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.LedgerNote;
import io.github.venicevideo.ledger.store.LedgerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ties a ledger to its home. Two ledgers on one home, or two homes with copies of one ledger, would each send what the
 * other has sent.
 */
public final class HomeTie {

    private static final Logger LOG = LoggerFactory.getLogger(HomeTie.class);

    private final Jdbi jdbi;
    private final Path folder;

    /** @param folder where the ledger lies */
    public HomeTie(Jdbi jdbi, Path folder) {
        this.jdbi = jdbi;
        this.folder = folder.toAbsolutePath().normalize();
    }

    private record Row(String ledgerId, String path, Optional<String> started) {
    }

    /**
     * Compares them, before they are tied anew.
     *
     * @return whether both are as the last start left them; if not, one of them was put back, or lost
     * @throws LedgerException when one of them belongs to another
     */
    public boolean check(Home home) throws IOException {
        Optional<LedgerNote> note = LedgerNote.read(home.root());
        Optional<Row> row = row();
        refuseOtherLedger(home, note, row);
        refuseOtherHome(home, row);
        boolean together = note.isEmpty() && row.isEmpty()
                || note.isPresent() && row.isPresent() && note.get().ledgerId().equals(row.get().ledgerId())
                        && row.get().started().filter(note.get().started()::equals).isPresent();
        if (!together) {
            LOG.warn("The ledger in {} is not as the last program in this home left it: it was put back or is new. What lies"
                    + " in the home is compared with it", folder);
        }
        return together;
    }

    /** Ties them, at each start: last, so that a start that was cut off while it mended the ledger is not taken for whole. */
    public void tie(Home home) throws IOException {
        String id = row().map(Row::ledgerId).orElseGet(() -> UUID.randomUUID().toString());
        String started = UUID.randomUUID().toString();
        jdbi.useTransaction(handle -> {
            handle.execute("DELETE FROM home");
            handle.createUpdate("INSERT INTO home (ledger_id, path, started) VALUES (:id, :path, :started)")
                    .bind("id", id).bind("path", home.root().toString()).bind("started", started).execute();
        });
        new LedgerNote(id, folder.toString(), started).write(home.root());
    }

    private void refuseOtherLedger(Home home, Optional<LedgerNote> note, Optional<Row> row) {
        if (note.isPresent() && !note.get().folder().equals(folder.toString())
                && !row.map(Row::ledgerId).filter(note.get().ledgerId()::equals).isPresent()
                && !isWithin(home, note.get())) {
            throw new LedgerException("The jobs of the home " + home.root() + " are in the ledger in " + note.get().folder()
                    + ", and not in the one in " + folder + ". Set venice.ledger.dir back to it. If that ledger is lost for good,"
                    + " delete " + LedgerNote.file(home.root()) + "; what is in hand is then restored from .work.");
        }
    }

    /** A home that was moved takes the ledger within it along. */
    private boolean isWithin(Home home, LedgerNote note) {
        return folder.startsWith(home.root()) && Path.of(note.folder()).endsWith(home.root().relativize(folder))
                && !Files.exists(Path.of(note.folder()));
    }

    private void refuseOtherHome(Home home, Optional<Row> row) throws IOException {
        if (row.isEmpty() || row.get().path().equals(home.root().toString())) {
            return;
        }
        Path other = Path.of(row.get().path());
        boolean still = LedgerNote.read(other).filter(note -> note.ledgerId().equals(row.get().ledgerId())).isPresent();
        if (still && !other.toRealPath().equals(home.root().toRealPath())) {
            throw new LedgerException("The ledger in " + folder + " is that of the home " + other + ", or a copy of it, and not"
                    + " of " + home.root() + ". Set venice.home back to it. If this home is to take its place, delete "
                    + LedgerNote.file(other) + " there: two homes with one ledger would pay for the same jobs twice.");
        }
    }

    private Optional<Row> row() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT ledger_id, path, started FROM home")
                .map((row, context) -> new Row(row.getString("ledger_id"), row.getString("path"),
                        Optional.ofNullable(row.getString("started")))).findOne());
    }
}
