-- erased = 1: what the job asked for was taken out of its rows.
ALTER TABLE job ADD COLUMN erased INTEGER NOT NULL DEFAULT 0;

CREATE INDEX job_ended ON job (state, erased, ended_at);
