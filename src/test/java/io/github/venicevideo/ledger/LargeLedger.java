package io.github.venicevideo.ledger;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Fills a ledger with what has come together in it after a year or so, a hundred thousand jobs, in a second or two. */
final class LargeLedger {

    /** So many wait to be sent. */
    static final int WAITING = 20_000;
    static final int JOBS = 100_000;

    private static final String NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + :step FROM n WHERE i < " + JOBS + ") ";
    private static final String STATE = "CASE WHEN i <= 70000 THEN 'delivered' WHEN i <= 75000 THEN 'failed'"
            + " WHEN i <= 78000 THEN 'parked' WHEN i <= 80000 THEN 'generating' ELSE 'received' END";

    private LargeLedger() {
    }

    static void fill(Handle handle, Instant now) {
        fill(handle, now, 1);
    }

    /** @param step one of so many jobs alone is in it */
    static void fill(Handle handle, Instant now, int step) {
        long at = now.toEpochMilli();
        run(handle, at, step, NUMBERS + "INSERT INTO job (id, bundle, drop_name, state, reason, api, request, options, content_hash, model,"
                + " queue_id, submitted_at, polled_at, completed_at, polls, due_at, resume_at, alarmed_at, filed, folder, created_at,"
                + " updated_at, ended_at) SELECT printf('j-%06d', i), 'bundle-' || i, 'drop', " + STATE + " AS state,"
                + " CASE WHEN i BETWEEN 70001 AND 75000 THEN 'refused' WHEN i BETWEEN 75001 AND 77990 THEN 'needs-consent'"
                + " WHEN i BETWEEN 77991 AND 78000 THEN 'over-budget' END, 'https://api',"
                + " '{\"fields\":{\"prompt\":\"' || hex(zeroblob(300)) || '\"},\"media\":[]}', '{}', 'hash-' || (i % 50000), 'model',"
                + " CASE WHEN i <= 70000 OR i BETWEEN 78001 AND 80000 THEN 'q-' || i END, :now - i * 1000,"
                + " CASE WHEN i <= 70000 THEN :now - i * 500 END, CASE WHEN i <= 70000 THEN :now - i * 400 END, 7,"
                + " CASE WHEN i BETWEEN 75001 AND 77990 THEN :now + 600000 ELSE :now - i * 10 END,"
                + " CASE WHEN i BETWEEN 77991 AND 78000 THEN :now + 3600000 END, CASE WHEN i BETWEEN 78001 AND 78010 THEN :now END,"
                + " i <= 78000, CASE WHEN i <= 78000 THEN '/done/' || i END, :now - i * 1000, :now - i * 1000,"
                + " CASE WHEN i <= 75000 THEN :now - i * 1000 END FROM n");
        run(handle, at, step, "INSERT INTO job_history (job_id, seq, at, state) SELECT id, 1, created_at, 'received' FROM job");
        run(handle, at, step, "INSERT INTO job_history (job_id, seq, at, state, reason) SELECT id, 2, updated_at, state, reason FROM job"
                + " WHERE state <> 'received'");
        run(handle, at, step, "INSERT INTO delivery (job_id, destination, name, location, delivered_at)"
                + " SELECT id, 'videos', id, '/videos/' || id, ended_at FROM job WHERE state = 'delivered'");
        run(handle, at, step, "INSERT INTO delivery (job_id, destination, name, trouble, trouble_since, trouble_at, upload_key)"
                + " SELECT id, 'archive', id, 'It is full', :now, :now, id FROM job WHERE state = 'generating' LIMIT 5");
        run(handle, at, step, "INSERT INTO errand (job_id, kind, state, due_at) SELECT id, 'cleanup',"
                + " CASE WHEN id > 'j-069990' THEN 'open' ELSE 'deleted' END, :now FROM job WHERE state = 'delivered'");
        run(handle, at, step, "INSERT INTO event (id, job_id, at, type, body, sent_at)"
                + " SELECT 'e-' || id, id, updated_at, state, '{}', :now FROM job WHERE filed = 1");
        run(handle, at, step, "INSERT INTO spend (job_id, attempt, drop_name, day, amount, state) SELECT id, 1, drop_name,"
                + " date(submitted_at / 1000, 'unixepoch'), 100000, 'settled' FROM job WHERE queue_id IS NOT NULL");
        run(handle, at, step, "INSERT INTO download (job_id, tries) SELECT id, 1 FROM job WHERE state = 'delivered'");
        run(handle, at, step, "INSERT INTO staged_media (object_key, bucket, sha256, uploaded_at) SELECT 'k-' || id, 'bucket', 'sha-' || id, :now"
                + " FROM job WHERE state = 'generating'");
        run(handle, at, step, "INSERT INTO staged_for (object_key, job_id) SELECT 'k-' || id, id FROM job WHERE state = 'generating'");
    }

    private static void run(Handle handle, long now, int step, String sql) {
        handle.execute(sql.replace(":now", Long.toString(now)).replace(":step", Integer.toString(step)));
    }
}
