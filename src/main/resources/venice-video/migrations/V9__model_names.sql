-- A model's name may be longer than a VARCHAR(190), which some databases enforce.
CREATE TABLE model_average_text (
    model      TEXT   PRIMARY KEY,
    average_ms BIGINT NOT NULL,
    at         BIGINT NOT NULL
);

INSERT INTO model_average_text (model, average_ms, at) SELECT model, average_ms, at FROM model_average;
DROP TABLE model_average;
ALTER TABLE model_average_text RENAME TO model_average;

CREATE TABLE model_speed_text (
    model     TEXT             PRIMARY KEY,
    log_ratio DOUBLE PRECISION NOT NULL,
    weight    INTEGER          NOT NULL
);

INSERT INTO model_speed_text (model, log_ratio, weight) SELECT model, log_ratio, weight FROM model_speed;
DROP TABLE model_speed;
ALTER TABLE model_speed_text RENAME TO model_speed;
