-- What the API has accepted belongs to one job. Of several that were recorded with one queue_id the first keeps it; the others note
-- it, and those that still wait for that video wait for a person instead.
INSERT INTO job_history (job_id, seq, at, state, reason, message)
SELECT job.id, (SELECT COALESCE(MAX(seq), 0) + 1 FROM job_history WHERE job_history.job_id = job.id), job.updated_at,
    CASE WHEN job.state IN ('generating', 'parked') THEN 'parked' ELSE job.state END,
    CASE WHEN job.state IN ('generating', 'parked') THEN 'in-doubt' ELSE job.reason END,
    'The queue_id ' || job.queue_id || ' is an earlier job''s too, and was left with that one.'
FROM job
WHERE EXISTS (SELECT 1 FROM job earlier WHERE earlier.api = job.api AND earlier.queue_id = job.queue_id AND earlier.id < job.id);

UPDATE job SET state = 'parked', reason = 'in-doubt', filed = 0, folder = NULL, due_at = 0, detail = NULL,
    message = 'The queue_id ' || queue_id || ' is an earlier job''s too, and was left with that one. Whether this one was accepted'
        || ' and charged, nobody can tell.'
WHERE state IN ('generating', 'parked')
    AND EXISTS (SELECT 1 FROM job earlier WHERE earlier.api = job.api AND earlier.queue_id = job.queue_id AND earlier.id < job.id);

UPDATE job SET queue_id = NULL
WHERE EXISTS (SELECT 1 FROM job earlier WHERE earlier.api = job.api AND earlier.queue_id = job.queue_id AND earlier.id < job.id);

CREATE UNIQUE INDEX job_queue_id ON job (api, queue_id);
