import type { DatabaseSync } from "node:sqlite";
import * as z from "zod";
import { refusal } from "./errors.ts";

const corsRule = z.strictObject({
  allowedOrigins: z.array(z.string()).min(1),
  allowedMethods: z.array(z.enum(["GET", "PUT", "POST", "DELETE", "HEAD"])).min(1),
  allowedHeaders: z.array(z.string()).default([]),
  exposeHeaders: z.array(z.string()).default([]),
  maxAgeSeconds: z.int().min(0).optional(),
});
/** One rule of a bucket's CORS configuration; origins and headers may hold one `*`. */
export type CorsRule = z.infer<typeof corsRule>;
export const corsRules = z.array(corsRule).min(1).max(100);

/** A bucket's versioning as GetBucketVersioning says it; `Unversioned` until it is switched on for the first time. */
export type Versioning = "Unversioned" | "Enabled" | "Suspended";

const bucketRow = z.object({
  name: z.string(),
  created_at: z.number(),
  versioning: z.enum(["Unversioned", "Enabled", "Suspended"]),
  object_lock: z.number(),
  cors: z.string().nullable(),
});

export interface Bucket {
  readonly name: string;
  readonly createdAt: number;
  readonly versioning: Versioning;
  /** Whether legal holds can be set: they need versions that nothing overwrites. */
  readonly objectLock: boolean;
  readonly cors: readonly CorsRule[] | undefined;
}

const parse = (row: unknown): Bucket => {
  const { name, created_at, versioning, object_lock, cors } = bucketRow.parse(row);
  return { name, createdAt: created_at, versioning, objectLock: object_lock === 1, cors: cors === null ? undefined : corsRules.parse(JSON.parse(cors)) };
};

const nameRule = /^(?!\d+\.\d+\.\d+\.\d+$)(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** Buckets in the index. */
export function bucketRows(database: DatabaseSync) {
  const one = database.prepare("SELECT * FROM bucket WHERE name = ?");
  const every = database.prepare("SELECT * FROM bucket ORDER BY name");
  const insert = database.prepare("INSERT INTO bucket (name, created_at, versioning, object_lock, cors) VALUES (?, ?, ?, ?, NULL)");
  const remove = database.prepare("DELETE FROM bucket WHERE name = ?");
  const version = database.prepare("UPDATE bucket SET versioning = ? WHERE name = ?");
  const lock = database.prepare("UPDATE bucket SET object_lock = 1 WHERE name = ?");
  const cors = database.prepare("UPDATE bucket SET cors = ? WHERE name = ?");
  const holds = database.prepare("SELECT EXISTS (SELECT 1 FROM version WHERE bucket = ?) OR EXISTS (SELECT 1 FROM upload WHERE bucket = ?) AS found");
  const find = (name: string): Bucket | undefined => {
    const row = one.get(name);
    return row === undefined ? undefined : parse(row);
  };
  return {
    find,
    /** @throws S3Error NoSuchBucket */
    get(name: string): Bucket {
      const bucket = find(name);
      if (bucket === undefined) throw refusal("NoSuchBucket", "The specified bucket does not exist", { BucketName: name });
      return bucket;
    },
    all: (): Bucket[] => every.all().map(parse),
    insert(name: string, now: number, options: { readonly versioned: boolean; readonly objectLock: boolean }): void {
      if (!nameRule.test(name)) throw refusal("InvalidBucketName", "The specified bucket is not valid.", { BucketName: name });
      if (find(name) !== undefined)
        throw refusal("BucketAlreadyOwnedByYou", "Your previous request to create the named bucket succeeded and you already own it.", { BucketName: name });
      insert.run(name, now, options.versioned ? "Enabled" : "Unversioned", options.objectLock ? 1 : 0);
    },
    /** @throws S3Error BucketNotEmpty while it holds a version, a delete marker or an upload */
    remove(name: string): void {
      if (holds.get(name, name)?.["found"] === 1) throw refusal("BucketNotEmpty", "The bucket you tried to delete is not empty", { BucketName: name });
      remove.run(name);
    },
    setVersioning: (name: string, versioning: Versioning): void => void version.run(versioning, name),
    allowLegalHold: (name: string): void => void lock.run(name),
    setCors: (name: string, rules: readonly CorsRule[] | undefined): void => void cors.run(rules === undefined ? null : JSON.stringify(rules), name),
  };
}
