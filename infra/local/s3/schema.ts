import { DatabaseSync } from "node:sqlite";
import { ConfigError } from "#core/errors.ts";

/**
 * The index: which objects exist and which blobs hold their bytes. A write counts once its row is committed here.
 * Access patterns:
 * | pattern | answered by |
 * |---|---|
 * | current version of a key | `version_current` (bucket, key) |
 * | keys of a prefix in UTF-8 byte order (SQLite's BINARY order of TEXT) | `version_current`, range |
 * | versions of a key, newest first; all versions of a prefix | `version_order` (bucket, key, seq descending) |
 * | uploads of a bucket in key order | primary key of `upload` |
 * | parts of an upload | primary key of `part` |
 * | whether a blob is still needed | primary key of `blob` |
 * | events not yet delivered, oldest first | primary key of `event` |
 */
const schema = `
CREATE TABLE IF NOT EXISTS bucket (
  name TEXT PRIMARY KEY, created_at INTEGER NOT NULL, versioning TEXT NOT NULL, object_lock INTEGER NOT NULL, cors TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS version (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, bucket TEXT NOT NULL, key TEXT NOT NULL, version_id TEXT NOT NULL,
  latest INTEGER NOT NULL, marker INTEGER NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL, modified_at INTEGER NOT NULL,
  legal_hold INTEGER NOT NULL, upload_id TEXT, attributes TEXT NOT NULL, segments TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS version_order ON version (bucket, key, seq DESC);
CREATE UNIQUE INDEX IF NOT EXISTS version_current ON version (bucket, key) WHERE latest = 1;
CREATE TABLE IF NOT EXISTS upload (
  bucket TEXT NOT NULL, key TEXT NOT NULL, id TEXT NOT NULL, initiated_at INTEGER NOT NULL,
  algorithm TEXT, checksum_type TEXT, legal_hold INTEGER NOT NULL, attributes TEXT NOT NULL, PRIMARY KEY (bucket, key, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS part (
  upload TEXT NOT NULL, number INTEGER NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL, modified_at INTEGER NOT NULL,
  algorithm TEXT, checksum TEXT, segments TEXT NOT NULL, PRIMARY KEY (upload, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS blob (id TEXT PRIMARY KEY, uses INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS event (seq INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL) STRICT;
`;

/**
 * Opens the index for this process alone: a second server on the same folder is refused, since it would sweep the first one's files.
 * The write-ahead log is flushed at each commit (`synchronous = FULL`; on macOS to the medium), so a commit survives a power cut.
 */
export function openIndex(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec(
      "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON;",
    );
    database.exec(`BEGIN EXCLUSIVE; ${schema} COMMIT;`);
    return database;
  } catch (cause) {
    database.close();
    throw new ConfigError(`the object store's index ${file} must be free to open, got ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
