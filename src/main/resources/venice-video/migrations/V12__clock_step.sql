-- One row for each time that the clock was found to have been set back: what lay ahead then was put right once.
CREATE TABLE clock_step (
    from_at BIGINT NOT NULL,
    to_at   BIGINT NOT NULL
);
