-- Written and never read.
ALTER TABLE job DROP COLUMN execution_ms;
ALTER TABLE model_average DROP COLUMN at;
