-- Which models have asked for consent, and which have refused to be told of it, by what each API answered.
CREATE TABLE consent_model (
    api        TEXT        NOT NULL,
    model      TEXT        NOT NULL,
    flow       VARCHAR(64) NOT NULL,
    asked_at   BIGINT,
    refused_at BIGINT,
    PRIMARY KEY (api, model)
);

-- Until now these were told of consent ahead, once the text was known.
INSERT INTO consent_model (api, model, flow, asked_at)
    SELECT DISTINCT job.api, known.model, 'seedance', (SELECT MAX(last_seen_at) FROM consent_policy)
    FROM job, (SELECT 'seedance-2-0-image-to-video' AS model
        UNION ALL SELECT 'seedance-2-0-reference-to-video'
        UNION ALL SELECT 'seedance-2-0-fast-image-to-video'
        UNION ALL SELECT 'seedance-2-0-fast-reference-to-video') AS known
    WHERE EXISTS (SELECT 1 FROM consent_policy);
