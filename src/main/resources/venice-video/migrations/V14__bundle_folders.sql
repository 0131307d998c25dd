-- Which folder in done/, failed/ or parked/ is whose, from before it gets there. ours = 0: it is the one that was dropped, from
-- the time before the program made folders of its own. file_key tells a folder whatever it is called.
CREATE TABLE bundle_folder (
    job_id   VARCHAR(64) PRIMARY KEY REFERENCES job (id),
    folder   TEXT        NOT NULL UNIQUE,
    file_key VARCHAR(190),
    ours     INTEGER     NOT NULL
);

CREATE INDEX bundle_folder_key ON bundle_folder (file_key);

INSERT INTO bundle_folder (job_id, folder, ours)
SELECT id, CASE state WHEN 'delivered' THEN 'done' WHEN 'failed' THEN 'failed' ELSE 'parked' END || '/'
        || SUBSTR(folder, LENGTH(RTRIM(folder, REPLACE(REPLACE(folder, '/', ''), '\', ''))) + 1), 0
FROM job
WHERE folder IS NOT NULL AND filed = 1
ORDER BY id DESC
ON CONFLICT DO NOTHING;

-- Whoever dropped a bundle may write to such a folder, an answer too: the parked ones are filed anew, in folders of ours.
UPDATE job SET filed = 0, folder = NULL, due_at = 0 WHERE state = 'parked' AND filed = 1;
