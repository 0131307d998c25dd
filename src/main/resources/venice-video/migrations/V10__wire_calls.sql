-- How many calls with one key may be on the wire; those of a program that was killed may fail yet.
CREATE TABLE wire_calls (
    key_id VARCHAR(64) PRIMARY KEY,
    calls  INTEGER NOT NULL
);
