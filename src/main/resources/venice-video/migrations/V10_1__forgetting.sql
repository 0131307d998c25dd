-- Jobs that are being forgotten: their bundles, by which they may have been found, are gone before their rows are. The target
-- is a digest of what was asked for: a job that one request began to forget is no other's to erase.
CREATE TABLE forgetting (
    target VARCHAR(64) NOT NULL,
    job_id VARCHAR(64) NOT NULL,
    PRIMARY KEY (target, job_id)
);
