-- What is asked again and again finds its rows by an index, in its order, however many jobs have ended meanwhile.

-- The next job for a kind of work. Kinds that are rare among many have an index of their own.
DROP INDEX job_due;
CREATE INDEX job_due ON job (state, due_at, id);
CREATE INDEX job_unfiled ON job (due_at, id) WHERE filed = 0 AND state NOT IN ('received', 'submitting', 'generating', 'retrieved');
CREATE INDEX job_held ON job (due_at, id) WHERE state = 'parked' AND filed = 1 AND resume_at IS NOT NULL;
CREATE INDEX job_asked ON job (due_at, id) WHERE state = 'parked' AND filed = 1 AND reason = 'needs-consent';
DROP INDEX errand_due;
CREATE INDEX errand_due ON errand (kind, state, due_at, job_id);
CREATE INDEX job_leased ON job (lease_owner) WHERE lease_owner IS NOT NULL;
CREATE INDEX errand_leased ON errand (lease_owner) WHERE lease_owner IS NOT NULL;

DROP INDEX job_content;
CREATE INDEX job_content ON job (content_hash, id);
CREATE INDEX job_alarmed ON job (alarmed_at) WHERE state = 'generating' AND alarmed_at IS NOT NULL;
CREATE INDEX job_unalarmed ON job (submitted_at) WHERE state = 'generating' AND alarmed_at IS NULL;
DROP INDEX job_ended;
CREATE INDEX job_worded ON job (ended_at) WHERE erased = 0 AND ended_at IS NOT NULL;
CREATE INDEX job_kept ON job (state, ended_at) WHERE folder IS NOT NULL;
DROP INDEX spend_day;
CREATE INDEX spend_day ON spend (day, state, drop_name, amount);
CREATE INDEX delivery_done ON delivery (destination, delivered_at);
CREATE INDEX delivery_troubled ON delivery (destination, trouble_at) WHERE trouble IS NOT NULL;
CREATE INDEX delivery_upload ON delivery (job_id) WHERE upload_key IS NOT NULL;
CREATE INDEX download_needs ON download (bytes) WHERE bytes > 0;

-- What is counted is counted as it changes.
CREATE TABLE job_count (
    state  VARCHAR(16) NOT NULL,
    reason VARCHAR(64) NOT NULL,
    jobs   BIGINT      NOT NULL,
    PRIMARY KEY (state, reason)
);

INSERT INTO job_count (state, reason, jobs) SELECT state, COALESCE(reason, ''), COUNT(*) FROM job GROUP BY state, COALESCE(reason, '');

-- All videos that are on local disk, or were.
CREATE TABLE fetched (
    id     INTEGER PRIMARY KEY,
    videos BIGINT  NOT NULL,
    polls  BIGINT  NOT NULL,
    lag_ms BIGINT  NOT NULL
);

INSERT INTO fetched (id, videos, polls, lag_ms) SELECT 1, COUNT(*), COALESCE(SUM(polls), 0),
    COALESCE(SUM(completed_at - COALESCE(polled_at, submitted_at, completed_at)), 0) FROM job WHERE completed_at IS NOT NULL;

-- Since when a job stands in its state, unless that is the first one; what is sent in vain again and again has been received all the time.
ALTER TABLE job ADD COLUMN stands_since BIGINT;
UPDATE job SET stands_since = COALESCE((SELECT MIN(h.at) FROM job_history h WHERE h.job_id = job.id AND h.seq > COALESCE(
    (SELECT MAX(o.seq) FROM job_history o WHERE o.job_id = job.id AND o.state <> job.state
        AND NOT (job.state IN ('received', 'submitting') AND o.state IN ('received', 'submitting'))), 0)), updated_at)
    WHERE state NOT IN ('delivered', 'failed');
CREATE INDEX job_stands ON job (state, COALESCE(stands_since, created_at));

CREATE TRIGGER job_added AFTER INSERT ON job BEGIN
    INSERT INTO job_count (state, reason, jobs) VALUES (NEW.state, COALESCE(NEW.reason, ''), 1)
        ON CONFLICT (state, reason) DO UPDATE SET jobs = jobs + 1;
END;

CREATE TRIGGER job_removed AFTER DELETE ON job BEGIN
    UPDATE job_count SET jobs = jobs - 1 WHERE state = OLD.state AND reason = COALESCE(OLD.reason, '');
END;

CREATE TRIGGER job_recounted AFTER UPDATE OF state, reason ON job WHEN NEW.state <> OLD.state OR NEW.reason IS NOT OLD.reason BEGIN
    UPDATE job_count SET jobs = jobs - 1 WHERE state = OLD.state AND reason = COALESCE(OLD.reason, '');
    INSERT INTO job_count (state, reason, jobs) VALUES (NEW.state, COALESCE(NEW.reason, ''), 1)
        ON CONFLICT (state, reason) DO UPDATE SET jobs = jobs + 1;
END;

CREATE TRIGGER job_moved AFTER UPDATE OF state ON job WHEN NEW.state <> OLD.state
    AND NOT (NEW.state IN ('received', 'submitting') AND OLD.state IN ('received', 'submitting')) BEGIN
    UPDATE job SET stands_since = NEW.updated_at WHERE id = NEW.id;
END;

CREATE TRIGGER fetched_added AFTER INSERT ON job WHEN NEW.completed_at IS NOT NULL BEGIN
    UPDATE fetched SET videos = videos + 1, polls = polls + NEW.polls,
        lag_ms = lag_ms + NEW.completed_at - COALESCE(NEW.polled_at, NEW.submitted_at, NEW.completed_at);
END;

CREATE TRIGGER fetched_removed AFTER DELETE ON job WHEN OLD.completed_at IS NOT NULL BEGIN
    UPDATE fetched SET videos = videos - 1, polls = polls - OLD.polls,
        lag_ms = lag_ms - (OLD.completed_at - COALESCE(OLD.polled_at, OLD.submitted_at, OLD.completed_at));
END;

CREATE TRIGGER fetched_changed AFTER UPDATE OF completed_at, polls, polled_at, submitted_at ON job
    WHEN NEW.completed_at IS NOT NULL OR OLD.completed_at IS NOT NULL BEGIN
    UPDATE fetched SET videos = videos + (NEW.completed_at IS NOT NULL) - (OLD.completed_at IS NOT NULL),
        polls = polls + CASE WHEN NEW.completed_at IS NULL THEN 0 ELSE NEW.polls END
            - CASE WHEN OLD.completed_at IS NULL THEN 0 ELSE OLD.polls END,
        lag_ms = lag_ms + COALESCE(NEW.completed_at - COALESCE(NEW.polled_at, NEW.submitted_at, NEW.completed_at), 0)
            - COALESCE(OLD.completed_at - COALESCE(OLD.polled_at, OLD.submitted_at, OLD.completed_at), 0);
END;

-- Whether a staged medium may not be needed any longer: only those are looked at, as a job that it is for ends.
ALTER TABLE staged_media ADD COLUMN released INTEGER NOT NULL DEFAULT 0;
UPDATE staged_media SET released = 1;
CREATE INDEX staged_released ON staged_media (bucket, object_key) WHERE released = 1;
DROP INDEX staged_content;
CREATE INDEX staged_content ON staged_media (sha256, bucket, removing, object_key);

CREATE TRIGGER staged_job_ended AFTER UPDATE OF state ON job WHEN NEW.state IN ('delivered', 'failed') AND NEW.state <> OLD.state BEGIN
    UPDATE staged_media SET released = 1 WHERE object_key IN (SELECT object_key FROM staged_for WHERE job_id = NEW.id);
END;

CREATE TRIGGER staged_for_ended AFTER INSERT ON staged_for
    WHEN EXISTS (SELECT 1 FROM job WHERE id = NEW.job_id AND state IN ('delivered', 'failed')) BEGIN
    UPDATE staged_media SET released = 1 WHERE object_key = NEW.object_key;
END;
