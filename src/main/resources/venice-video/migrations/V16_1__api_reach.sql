-- Whether the API answers at all, for whoever asks from outside; one row for each key.
ALTER TABLE gate ADD COLUMN unreached_since INTEGER;
ALTER TABLE gate ADD COLUMN unreached TEXT;
