import type { DatabaseSync } from "node:sqlite";
import * as z from "zod";
import { segmentsOf, segmentsText } from "./blob-uses.ts";
import type { Segment } from "./blobs.ts";

const checksumSchema = z.object({
  algorithm: z.enum(["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"]),
  value: z.string(),
  type: z.enum(["FULL_OBJECT", "COMPOSITE"]),
});
const attributesSchema = z.object({
  /** content-type, cache-control and the like, by lower-case name. */
  headers: z.record(z.string(), z.string()),
  /** User metadata, without x-amz-meta-. */
  metadata: z.record(z.string(), z.string()),
  checksum: checksumSchema.optional(),
  /** Sizes of the parts that a multipart upload put together, in order, with their checksums. */
  parts: z.array(z.object({ number: z.number(), size: z.number(), checksum: z.string().optional() })).optional(),
});
/** What belongs to an object besides its bytes. */
export type Attributes = z.infer<typeof attributesSchema>;
export const parseAttributes = (text: string): Attributes => attributesSchema.parse(JSON.parse(text));

const summaryRow = z.object({
  seq: z.number(),
  key: z.string(),
  version_id: z.string(),
  latest: z.number(),
  marker: z.number(),
  size: z.number(),
  etag: z.string(),
  modified_at: z.number(),
});
const versionRow = summaryRow.extend({ legal_hold: z.number(), upload_id: z.string().nullable(), attributes: z.string(), segments: z.string() });

/** A version as listings show it. `etag` is without quotes. */
export interface VersionSummary {
  readonly seq: number;
  readonly key: string;
  /** "null" for what was written while the bucket had no versioning, or had it suspended. */
  readonly versionId: string;
  readonly latest: boolean;
  readonly marker: boolean;
  readonly size: number;
  readonly etag: string;
  readonly modifiedAt: number;
}
export interface Version extends VersionSummary {
  readonly legalHold: boolean;
  readonly uploadId: string | undefined;
  readonly attributes: Attributes;
  readonly segments: readonly Segment[];
}
export type NewVersion = Omit<Version, "seq" | "latest">;

export const summaryColumns = "seq, key, version_id, latest, marker, size, etag, modified_at";
const plain = (row: z.infer<typeof summaryRow>): VersionSummary => ({
  seq: row.seq,
  key: row.key,
  versionId: row.version_id,
  latest: row.latest === 1,
  marker: row.marker === 1,
  size: row.size,
  etag: row.etag,
  modifiedAt: row.modified_at,
});
export const parseSummary = (row: unknown): VersionSummary => plain(summaryRow.parse(row));
const parseVersion = (row: Record<string, unknown> | undefined): Version | undefined => {
  if (row === undefined) return undefined;
  const parsed = versionRow.parse(row);
  return {
    ...plain(parsed),
    legalHold: parsed.legal_hold === 1,
    uploadId: parsed.upload_id ?? undefined,
    attributes: parseAttributes(parsed.attributes),
    segments: segmentsOf(parsed.segments),
  };
};

/** Versions of objects in the index. Of each key at most one version is the latest. */
export function versionRows(database: DatabaseSync) {
  const latest = database.prepare("SELECT * FROM version WHERE bucket = ? AND key = ? AND latest = 1");
  const byId = database.prepare("SELECT * FROM version WHERE bucket = ? AND key = ? AND version_id = ?");
  const byUpload = database.prepare("SELECT * FROM version WHERE bucket = ? AND key = ? AND upload_id = ?");
  const unset = database.prepare("UPDATE version SET latest = 0 WHERE bucket = ? AND key = ? AND latest = 1");
  const newest = database.prepare("UPDATE version SET latest = 1 WHERE seq = (SELECT max(seq) FROM version WHERE bucket = ? AND key = ?)");
  const remove = database.prepare("DELETE FROM version WHERE seq = ?");
  const hold = database.prepare("UPDATE version SET legal_hold = ? WHERE seq = ?");
  const insert = database.prepare(
    `INSERT INTO version (bucket, key, version_id, latest, marker, size, etag, modified_at, legal_hold, upload_id, attributes, segments)
     VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return {
    latest: (bucket: string, key: string): Version | undefined => parseVersion(latest.get(bucket, key)),
    find: (bucket: string, key: string, versionId: string): Version | undefined => parseVersion(byId.get(bucket, key, versionId)),
    /** The version that a completed upload made. */
    ofUpload: (bucket: string, key: string, uploadId: string): Version | undefined => parseVersion(byUpload.get(bucket, key, uploadId)),
    /** Adds a version as the latest of its key. */
    insert(bucket: string, version: NewVersion): void {
      unset.run(bucket, version.key);
      insert.run(
        bucket,
        version.key,
        version.versionId,
        version.marker ? 1 : 0,
        version.size,
        version.etag,
        version.modifiedAt,
        version.legalHold ? 1 : 0,
        version.uploadId ?? null,
        JSON.stringify(version.attributes),
        segmentsText(version.segments),
      );
    },
    /** Takes one version away; the newest that is left becomes the latest. */
    remove(bucket: string, version: VersionSummary): void {
      remove.run(version.seq);
      if (version.latest) newest.run(bucket, version.key);
    },
    setLegalHold: (version: VersionSummary, on: boolean): void => void hold.run(on ? 1 : 0, version.seq),
  };
}
