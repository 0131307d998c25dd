-- When the next call of one kind may go out with one key. The key itself is nowhere: key_id is a digest of it.
CREATE TABLE limiter (
    key_id  VARCHAR(64) NOT NULL,
    call    VARCHAR(16) NOT NULL,
    next_at BIGINT      NOT NULL,
    PRIMARY KEY (key_id, call)
);

-- One row for each non-success answer of the last half minute or so.
CREATE TABLE failed_call (
    key_id VARCHAR(64) NOT NULL,
    at     BIGINT      NOT NULL
);

CREATE INDEX failed_call_at ON failed_call (key_id, at);

-- Closed while closed_at is set. trial = 1: one job may be sent to see whether it can be opened.
CREATE TABLE gate (
    key_id    VARCHAR(64) PRIMARY KEY,
    closed_at BIGINT,
    code      VARCHAR(64),
    message   TEXT,
    probe_at  BIGINT  NOT NULL DEFAULT 0,
    trial     INTEGER NOT NULL DEFAULT 0,
    asking    INTEGER NOT NULL DEFAULT 1,
    doubts    INTEGER NOT NULL DEFAULT 0
);

-- What is known of a model's speed: log_ratio is the running mean of ln(observed / average), over weight jobs.
CREATE TABLE model_speed (
    model     VARCHAR(190) PRIMARY KEY,
    log_ratio DOUBLE PRECISION NOT NULL,
    weight    INTEGER          NOT NULL
);

-- ready_at: when the video was first seen to be done. alarmed_at: when it was told that it takes too long.
ALTER TABLE job ADD COLUMN ready_at BIGINT;
ALTER TABLE job ADD COLUMN alarmed_at BIGINT;

CREATE INDEX job_changed ON job (state, updated_at);
