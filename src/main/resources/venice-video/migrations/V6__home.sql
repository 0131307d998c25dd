-- The home whose jobs these are: one row. started is written here and in the home at each start, and taken out of
-- copies: two that do not agree were not left together, so one of them has been put back.
CREATE TABLE home (
    ledger_id VARCHAR(64) PRIMARY KEY,
    path      TEXT NOT NULL,
    started   VARCHAR(64)
);
