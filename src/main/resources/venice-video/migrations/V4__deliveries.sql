-- Why a destination does not have a video yet, and what a multipart upload that breaks off leaves behind.
ALTER TABLE delivery ADD COLUMN begun_at BIGINT;
ALTER TABLE delivery ADD COLUMN trouble TEXT;
ALTER TABLE delivery ADD COLUMN trouble_since BIGINT;
ALTER TABLE delivery ADD COLUMN trouble_at BIGINT;
ALTER TABLE delivery ADD COLUMN given_up_at BIGINT;
ALTER TABLE delivery ADD COLUMN upload_key TEXT;
ALTER TABLE delivery ADD COLUMN upload_id TEXT;
