-- Jobs that are being forgotten: their bundles, by which they may have been found, are gone before their rows are.
CREATE TABLE forgetting (
    job_id VARCHAR(64) PRIMARY KEY
);
