-- The balance of a key's account when an answer told of it last, in millionths.
CREATE TABLE balance_seen (
    key_id VARCHAR(64) PRIMARY KEY,
    at     BIGINT NOT NULL,
    usd    BIGINT NOT NULL,
    diem   BIGINT NOT NULL
);
