package io.github.venicevideo.ledger.job;

import io.github.venicevideo.home.FolderRecord;
import io.github.venicevideo.home.FolderRecords;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Which folder is whose, by the ledger. */
public final class BundlePlaces implements FolderRecords {

    private final Supplier<Jdbi> jdbi;

    public BundlePlaces(Supplier<Jdbi> jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public Optional<FolderRecord> of(String jobId) {
        return jdbi.get().withHandle(handle -> handle.createQuery("SELECT folder, file_key AS key, ours FROM bundle_folder"
                        + " WHERE job_id = :id")
                .bind("id", jobId).mapTo(FolderRecord.class).findOne());
    }

    @Override
    public Optional<String> jobOf(String folder, Optional<String> key) {
        return jdbi.get().withHandle(handle -> handle.createQuery("SELECT job_id FROM bundle_folder"
                        + " WHERE folder = :folder OR file_key = :key ORDER BY CASE WHEN file_key = :key THEN 0 ELSE 1 END LIMIT 1")
                .bind("folder", folder).bind("key", key).mapTo(String.class).findOne());
    }

    @Override
    public Map<String, FolderRecord> all() {
        return jdbi.get().withHandle(handle -> handle.createQuery("SELECT job_id, folder, file_key AS key, ours FROM bundle_folder")
                .reduceRows(new HashMap<String, FolderRecord>(), (all, row) -> {
                    all.put(row.getColumn("job_id", String.class), row.getRow(FolderRecord.class));
                    return all;
                }));
    }

    @Override
    public void record(String jobId, FolderRecord where) {
        jdbi.get().useTransaction(handle -> record(handle, jobId, where));
    }

    public static void record(Handle handle, String jobId, FolderRecord where) {
        handle.createUpdate("DELETE FROM bundle_folder WHERE job_id = :id OR folder = :folder OR file_key = :key")
                .bind("id", jobId).bind("folder", where.folder()).bind("key", where.key()).execute();
        handle.createUpdate("INSERT INTO bundle_folder (job_id, folder, file_key, ours) VALUES (:id, :folder, :key, :ours)")
                .bind("id", jobId).bind("folder", where.folder()).bind("key", where.key()).bind("ours", where.ours() ? 1 : 0)
                .execute();
    }

    /** It is gone. */
    public static void forget(Handle handle, String jobId) {
        handle.createUpdate("DELETE FROM bundle_folder WHERE job_id = :id").bind("id", jobId).execute();
    }
}
