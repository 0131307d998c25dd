-- Where a link came from: only one that the queue gave is ours to revoke.
ALTER TABLE download_url ADD COLUMN revocable INTEGER NOT NULL DEFAULT 1;
