-- Work on a job that goes on beside its state, with a time and a lease of its own: telling who listens, deleting the
-- remote copy. An endpoint that fails must not hold up the job itself.
CREATE TABLE errand (
    job_id      VARCHAR(64) NOT NULL REFERENCES job (id),
    kind        VARCHAR(16) NOT NULL,
    state       VARCHAR(16) NOT NULL,
    tries       INTEGER     NOT NULL DEFAULT 0,
    message     TEXT,
    due_at      BIGINT      NOT NULL,
    lease_owner VARCHAR(64),
    lease_until BIGINT,
    PRIMARY KEY (job_id, kind)
);

CREATE INDEX errand_due ON errand (kind, state, due_at);

-- What an event says is fixed when its bundle is filed: the job may have gone on by the time it is handed over.
ALTER TABLE event ADD COLUMN body TEXT;

-- How often a finished video was begun to be fetched, and how much room the last try wanted, in bytes.
CREATE TABLE download (
    job_id VARCHAR(64) PRIMARY KEY REFERENCES job (id),
    tries  INTEGER NOT NULL DEFAULT 0,
    bytes  BIGINT  NOT NULL DEFAULT 0
);
