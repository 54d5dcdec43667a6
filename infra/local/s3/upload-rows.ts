import type { DatabaseSync } from "node:sqlite";
import * as z from "zod";
import { segmentsOf, segmentsText } from "./blob-uses.ts";
import type { Segment } from "./blobs.ts";
import type { ChecksumAlgorithm, ChecksumType } from "./checksums.ts";
import { type Attributes, parseAttributes } from "./version-rows.ts";

const algorithm = z.enum(["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"]).nullable();
const uploadRow = z.object({
  bucket: z.string(),
  key: z.string(),
  id: z.string(),
  initiated_at: z.number(),
  algorithm,
  checksum_type: z.enum(["FULL_OBJECT", "COMPOSITE"]).nullable(),
  legal_hold: z.number(),
  attributes: z.string(),
});
const partRow = z.object({
  number: z.number(),
  size: z.number(),
  etag: z.string(),
  modified_at: z.number(),
  algorithm,
  checksum: z.string().nullable(),
  segments: z.string(),
});

/** A multipart upload that is neither completed nor aborted. */
export interface Upload {
  readonly bucket: string;
  readonly key: string;
  readonly id: string;
  readonly initiatedAt: number;
  readonly algorithm: ChecksumAlgorithm | undefined;
  readonly checksumType: ChecksumType | undefined;
  readonly legalHold: boolean;
  readonly attributes: Attributes;
}
export interface Part {
  readonly number: number;
  readonly size: number;
  readonly etag: string;
  readonly modifiedAt: number;
  readonly checksum: { readonly algorithm: ChecksumAlgorithm; readonly value: string } | undefined;
  readonly segments: readonly Segment[];
}

const parseUpload = (row: unknown): Upload => {
  const parsed = uploadRow.parse(row);
  return {
    bucket: parsed.bucket,
    key: parsed.key,
    id: parsed.id,
    initiatedAt: parsed.initiated_at,
    algorithm: parsed.algorithm ?? undefined,
    checksumType: parsed.checksum_type ?? undefined,
    legalHold: parsed.legal_hold === 1,
    attributes: parseAttributes(parsed.attributes),
  };
};
const parsePart = (row: unknown): Part => {
  const parsed = partRow.parse(row);
  return {
    number: parsed.number,
    size: parsed.size,
    etag: parsed.etag,
    modifiedAt: parsed.modified_at,
    checksum: parsed.algorithm === null || parsed.checksum === null ? undefined : { algorithm: parsed.algorithm, value: parsed.checksum },
    segments: segmentsOf(parsed.segments),
  };
};

/** Multipart uploads and their parts in the index. */
export function uploadRows(database: DatabaseSync) {
  const insert = database.prepare(
    "INSERT INTO upload (bucket, key, id, initiated_at, algorithm, checksum_type, legal_hold, attributes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
  );
  const one = database.prepare("SELECT * FROM upload WHERE bucket = ? AND key = ? AND id = ?");
  const older = database.prepare("SELECT * FROM upload WHERE initiated_at < ?");
  const after = database.prepare("SELECT * FROM upload WHERE bucket = ? AND (key, id) > (?, ?) AND key >= ? ORDER BY key, id LIMIT ?");
  const remove = database.prepare("DELETE FROM upload WHERE bucket = ? AND key = ? AND id = ?");
  const putPart = database.prepare(
    "INSERT OR REPLACE INTO part (upload, number, size, etag, modified_at, algorithm, checksum, segments) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
  );
  const onePart = database.prepare("SELECT * FROM part WHERE upload = ? AND number = ?");
  const parts = database.prepare("SELECT * FROM part WHERE upload = ? AND number > ? ORDER BY number LIMIT ?");
  const removeParts = database.prepare("DELETE FROM part WHERE upload = ?");
  return {
    insert: (upload: Upload): void =>
      void insert.run(
        upload.bucket,
        upload.key,
        upload.id,
        upload.initiatedAt,
        upload.algorithm ?? null,
        upload.checksumType ?? null,
        upload.legalHold ? 1 : 0,
        JSON.stringify(upload.attributes),
      ),
    find(bucket: string, key: string, id: string): Upload | undefined {
      const row = one.get(bucket, key, id);
      return row === undefined ? undefined : parseUpload(row);
    },
    initiatedBefore: (time: number): Upload[] => older.all(time).map(parseUpload),
    /** Uploads behind (key, id) whose key is not below `from`, in key order. */
    after: (bucket: string, key: string, id: string, from: string, limit: number): Upload[] => after.all(bucket, key, id, from, limit).map(parseUpload),
    remove(upload: Upload): void {
      removeParts.run(upload.id);
      remove.run(upload.bucket, upload.key, upload.id);
    },
    part(uploadId: string, number: number): Part | undefined {
      const row = onePart.get(uploadId, number);
      return row === undefined ? undefined : parsePart(row);
    },
    putPart: (uploadId: string, part: Part): void =>
      void putPart.run(
        uploadId,
        part.number,
        part.size,
        part.etag,
        part.modifiedAt,
        part.checksum?.algorithm ?? null,
        part.checksum?.value ?? null,
        segmentsText(part.segments),
      ),
    partsAfter: (uploadId: string, number: number, limit: number): Part[] => parts.all(uploadId, number, limit).map(parsePart),
  };
}
