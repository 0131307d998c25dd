-- From before a bundle of several objects is recorded until all of them are removed from their source.
CREATE TABLE source_receipt (
    reference VARCHAR(1500) PRIMARY KEY,
    items     TEXT   NOT NULL,
    at        BIGINT NOT NULL
);
