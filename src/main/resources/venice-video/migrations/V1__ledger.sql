-- Times are epoch milliseconds, money is micro-dollars, JSON is text: the same statements serve SQLite and PostgreSQL.

CREATE TABLE job (
    id             VARCHAR(64) PRIMARY KEY,
    bundle         TEXT        NOT NULL,
    drop_name      TEXT        NOT NULL,
    reference      TEXT UNIQUE,
    state          VARCHAR(16) NOT NULL,
    reason         VARCHAR(64),
    message        TEXT,
    detail         TEXT,
    api            TEXT        NOT NULL,
    request        TEXT        NOT NULL,
    options        TEXT        NOT NULL,
    content_hash   VARCHAR(64) NOT NULL,
    attempts       INTEGER     NOT NULL DEFAULT 0,
    model          TEXT,
    queue_id       TEXT,
    price          BIGINT,
    approved       VARCHAR(64),
    resume_at      BIGINT,
    submitted_at   BIGINT,
    polls          INTEGER     NOT NULL DEFAULT 0,
    polled_at      BIGINT,
    average_ms     BIGINT,
    execution_ms   BIGINT,
    trouble_count  INTEGER     NOT NULL DEFAULT 0,
    server_errors  INTEGER     NOT NULL DEFAULT 0,
    completed_at   BIGINT,
    video          TEXT,
    due_at         BIGINT      NOT NULL,
    lease_owner    VARCHAR(64),
    lease_until    BIGINT,
    filed          INTEGER     NOT NULL DEFAULT 0,
    folder         TEXT,
    created_at     BIGINT      NOT NULL,
    updated_at     BIGINT      NOT NULL,
    ended_at       BIGINT
);

CREATE INDEX job_due ON job (state, filed, due_at);
CREATE INDEX job_content ON job (content_hash);

CREATE TABLE job_history (
    job_id  VARCHAR(64) NOT NULL REFERENCES job (id),
    seq     INTEGER     NOT NULL,
    at      BIGINT      NOT NULL,
    state   VARCHAR(16) NOT NULL,
    reason  VARCHAR(64),
    message TEXT,
    PRIMARY KEY (job_id, seq)
);

-- A download_url lets anyone fetch the video, so it stands apart from what pages, logs and events read.
CREATE TABLE download_url (
    job_id VARCHAR(64) PRIMARY KEY REFERENCES job (id),
    url    TEXT   NOT NULL,
    at     BIGINT NOT NULL
);

CREATE TABLE delivery (
    job_id       VARCHAR(64) NOT NULL REFERENCES job (id),
    destination  TEXT        NOT NULL,
    name         TEXT        NOT NULL,
    location     TEXT,
    delivered_at BIGINT,
    PRIMARY KEY (job_id, destination)
);

-- Some file systems do not tell Gondola from gondola.
CREATE UNIQUE INDEX delivery_name ON delivery (destination, LOWER(name));

CREATE TABLE event (
    id      VARCHAR(64) PRIMARY KEY,
    job_id  VARCHAR(64) NOT NULL REFERENCES job (id),
    at      BIGINT      NOT NULL,
    type    VARCHAR(16) NOT NULL,
    sent_at BIGINT
);

CREATE INDEX event_job ON event (job_id);

-- One row for each attempt to spend: reserved before the POST, settled when it is accepted, released when it is not.
CREATE TABLE spend (
    job_id    VARCHAR(64) NOT NULL REFERENCES job (id),
    attempt   INTEGER     NOT NULL,
    drop_name TEXT        NOT NULL,
    day       VARCHAR(10) NOT NULL,
    amount    BIGINT      NOT NULL,
    state     VARCHAR(16) NOT NULL,
    PRIMARY KEY (job_id, attempt)
);

CREATE INDEX spend_day ON spend (day, state);

CREATE TABLE model_average (
    model      VARCHAR(190) PRIMARY KEY,
    average_ms BIGINT NOT NULL,
    at         BIGINT NOT NULL
);
