package io.github.venicevideo.home;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Records of folders in memory. */
final class KeptRecords implements FolderRecords {

    private final Map<String, FolderRecord> all = new TreeMap<>();
    private boolean failing;

    @Override
    public Optional<FolderRecord> of(String jobId) {
        return Optional.ofNullable(all.get(jobId));
    }

    @Override
    public Optional<String> jobOf(String folder, Optional<String> key) {
        return all.entrySet().stream().filter(entry -> entry.getValue().folder().equals(folder)
                || key.isPresent() && entry.getValue().key().equals(key)).map(Map.Entry::getKey).findFirst();
    }

    @Override
    public Map<String, FolderRecord> all() {
        return Map.copyOf(all);
    }

    @Override
    public void record(String jobId, FolderRecord where) {
        if (failing) {
            failing = false;
            throw new IllegalStateException("The ledger takes nothing");
        }
        all.values().removeIf(other -> other.folder().equals(where.folder()));
        all.put(jobId, where);
    }

    void failOnce() {
        failing = true;
    }

    void clear() {
        all.clear();
    }
}
