import type { DatabaseSync } from "node:sqlite";
import type { blobUses } from "./blob-uses.ts";
import type { Blobs } from "./blobs.ts";
import type { bucketRows } from "./bucket-rows.ts";
import type { CommitQueue } from "./commit-queue.ts";
import { refusal } from "./errors.ts";
import type { EventOutbox } from "./event-outbox.ts";
import type { Payload } from "./payload.ts";
import type { uploadRows } from "./upload-rows.ts";
import type { versionRows } from "./version-rows.ts";

/** Everything that operations work on. */
export interface Store {
  readonly database: DatabaseSync;
  readonly queue: CommitQueue;
  readonly blobs: Blobs;
  readonly uses: ReturnType<typeof blobUses>;
  readonly buckets: ReturnType<typeof bucketRows>;
  readonly versions: ReturnType<typeof versionRows>;
  readonly uploads: ReturnType<typeof uploadRows>;
  readonly events: EventOutbox;
  /** What GetBucketLocation and HeadBucket answer. */
  readonly region: string;
  readonly now: () => number;
  readonly newId: () => string;
}

/** A request whose signature has been verified. */
export interface S3Request {
  readonly method: string;
  readonly bucket: string;
  readonly key: string;
  readonly query: URLSearchParams;
  /** Lower-case names; characters are bytes (latin1). */
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: Payload;
  /** Where the client reached the server, for the Location of a completed upload. */
  readonly origin: string;
}

export interface S3Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** A document, or an object's bytes; a streamed body comes with its content-length. */
  readonly body?: string | AsyncIterable<Uint8Array>;
  /** Called once the reply is over, however it ended. */
  readonly release?: () => void;
}

export type Operation = (store: Store, request: S3Request) => S3Reply | Promise<S3Reply>;

export const xmlReply = (document: string, headers: Readonly<Record<string, string>> = {}): S3Reply => ({
  status: 200,
  headers: { "content-type": "application/xml", ...headers },
  body: document,
});

/** A whole number from the query. @throws S3Error InvalidArgument when it is not within the bounds */
export function wholeNumber(query: URLSearchParams, name: string, fallback: number, least = 0, most = 2_147_483_647): number {
  const text = query.get(name);
  if (text === null || text === "") return fallback;
  if (!/^\d{1,10}$/.test(text) || Number(text) < least || Number(text) > most)
    throw refusal("InvalidArgument", `Argument ${name} must be an integer between ${least} and ${most}`, { ArgumentName: name, ArgumentValue: text });
  return Number(text);
}
