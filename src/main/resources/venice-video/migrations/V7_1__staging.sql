-- Media in the staging bucket: one row for each object, from before its upload begins until after it is removed.
CREATE TABLE staged_media (
    object_key  VARCHAR(1024) PRIMARY KEY,
    bucket      VARCHAR(255)  NOT NULL,
    sha256      VARCHAR(64)   NOT NULL,
    removing    INTEGER       NOT NULL DEFAULT 0,
    uploaded_at BIGINT
);

CREATE INDEX staged_content ON staged_media (sha256, bucket);

-- Which jobs need them there. When the last one has ended they are removed.
CREATE TABLE staged_for (
    object_key VARCHAR(1024) NOT NULL REFERENCES staged_media (object_key),
    job_id     VARCHAR(64)   NOT NULL REFERENCES job (id),
    PRIMARY KEY (object_key, job_id)
);

CREATE INDEX staged_job ON staged_for (job_id);
