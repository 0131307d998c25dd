package io.github.venicevideo.home;

import java.util.Map;
import java.util.Optional;

/** Which folder is whose: kept where nobody else writes, since what lies in a folder proves nothing. */
public interface FolderRecords {

    /** Where the job's bundle lies, or is about to. */
    Optional<FolderRecord> of(String jobId);

    /** The job whose bundle is recorded under a folder's name, or else under its key. */
    Optional<String> jobOf(String folder, Optional<String> key);

    /** All of them, by the jobs' ids. */
    Map<String, FolderRecord> all();

    /** Records, durably, where the bundle is about to lie; nothing lies there, so what was recorded there before does not any more. */
    void record(String jobId, FolderRecord where);
}
