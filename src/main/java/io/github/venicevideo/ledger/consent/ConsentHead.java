package io.github.venicevideo.ledger.consent;

import org.jdbi.v3.core.Handle;

/**
 * Where the chain of consents ends. Whoever keeps it elsewhere can tell later that nothing before it was altered or
 * taken away.
 *
 * @param entries how many there are
 * @param hash of the last of them, lower-case hex; empty while there is none
 */
public record ConsentHead(long entries, String hash) {

    static ConsentHead read(Handle handle) {
        return handle.createQuery("SELECT seq, hash FROM consent_head WHERE id = 1")
                .map((row, context) -> new ConsentHead(row.getLong("seq"), row.getString("hash"))).one();
    }

    @Override
    public String toString() {
        return entries == 0 ? "none yet" : hash + " (" + entries + (entries == 1 ? " entry)" : " entries)");
    }
}
