-- When a price was told: prices change, and an old one is asked for anew.
ALTER TABLE job ADD COLUMN priced_at BIGINT;
-- Up to what a person has approved it.
ALTER TABLE job ADD COLUMN approved_price BIGINT;
UPDATE job SET approved_price = price WHERE approved = 'over-budget';

-- The form of the question about its price that a model was last answered in.
CREATE TABLE quote_form (
    api   TEXT        NOT NULL,
    model TEXT        NOT NULL,
    form  VARCHAR(16) NOT NULL,
    at    BIGINT      NOT NULL,
    PRIMARY KEY (api, model)
);
