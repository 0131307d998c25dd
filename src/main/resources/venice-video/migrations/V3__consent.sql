-- What people have agreed to, and what was done with it. Nothing here is ever updated but the head and last_seen_at.

-- Every policy text that the provider has asked somebody to agree to. A text is no personal data, and stays.
CREATE TABLE consent_policy (
    flow          VARCHAR(64) NOT NULL,
    hash          VARCHAR(64) NOT NULL,
    version       TEXT        NOT NULL,
    text          TEXT        NOT NULL,
    first_seen_at BIGINT      NOT NULL,
    last_seen_at  BIGINT      NOT NULL,
    PRIMARY KEY (flow, hash)
);

-- One chain of attestations, revocations and uses: each entry's hash covers all its columns and the hash before it.
-- Whatever tells of a person stands in facts as a salted commitment alone.
CREATE TABLE consent_entry (
    seq       BIGINT      PRIMARY KEY,
    at        BIGINT      NOT NULL,
    kind      VARCHAR(16) NOT NULL,
    subject   VARCHAR(64) NOT NULL,
    job_id    VARCHAR(64),
    facts     TEXT        NOT NULL,
    prev_hash VARCHAR(64) NOT NULL,
    hash      VARCHAR(64) NOT NULL
);

CREATE INDEX consent_entry_subject ON consent_entry (subject, kind);
CREATE INDEX consent_entry_job ON consent_entry (job_id);

-- What the commitments stand for: deleting a row erases it, and the chain still holds. Values have at most 500
-- characters, so that they can be indexed.
CREATE TABLE consent_secret (
    seq   BIGINT      NOT NULL REFERENCES consent_entry (seq),
    name  VARCHAR(32) NOT NULL,
    salt  VARCHAR(64) NOT NULL,
    value TEXT        NOT NULL,
    PRIMARY KEY (seq, name)
);

CREATE INDEX consent_secret_value ON consent_secret (value);

-- One row: whoever appends holds it, so that the chain never forks.
CREATE TABLE consent_head (
    id   INTEGER     PRIMARY KEY,
    seq  BIGINT      NOT NULL,
    hash VARCHAR(64) NOT NULL
);

INSERT INTO consent_head (id, seq, hash) VALUES (1, 0, '');

-- Media that the provider's content policy refused for good; the media of one job belong together.
CREATE TABLE refused_medium (
    job_id VARCHAR(64) NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    at     BIGINT      NOT NULL,
    PRIMARY KEY (job_id, sha256)
);

CREATE INDEX refused_medium_sha256 ON refused_medium (sha256);
