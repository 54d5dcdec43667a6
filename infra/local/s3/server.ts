import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { answer } from "./answer.ts";
import { blobUses } from "./blob-uses.ts";
import { openBlobs } from "./blobs.ts";
import { bucketRows, type CorsRule } from "./bucket-rows.ts";
import { commitQueue } from "./commit-queue.ts";
import type { Credentials } from "./credentials.ts";
import { type EventListener, eventOutbox } from "./event-outbox.ts";
import type { Store } from "./exchange.ts";
import { openIndex } from "./schema.ts";
import { uploadRows } from "./upload-rows.ts";
import { dropUpload } from "./upload-start.ts";
import { versionRows } from "./version-rows.ts";

export interface ObjectStoreOptions {
  /** Where everything is kept; made when missing. One server at a time. */
  readonly folder: string;
  /** Buckets that exist from the start. `objectLock` allows legal holds and needs `versioned`; `cors` replaces the bucket's rules. */
  readonly buckets: readonly { readonly name: string; readonly versioned: boolean; readonly objectLock?: boolean; readonly cors?: readonly CorsRule[] }[];
  readonly credentials: Credentials;
  /** @default "us-east-1" */
  readonly region?: string;
  /** Told of every object created or deleted, in order, at least once, after the fact. */
  readonly onEvent?: EventListener;
}

/** An object store without a port of its own. */
export interface ObjectStore {
  /** Answers one request of the S3 REST API. Requests with `Expect: 100-continue` must come from the server's `checkContinue` event. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Waits for requests in progress and closes the files. */
  close(): Promise<void>;
}

const sevenDays = 7 * 24 * 3_600_000;

async function openStore(options: ObjectStoreOptions): Promise<Store> {
  await mkdir(options.folder, { recursive: true });
  const database = openIndex(join(options.folder, "index.sqlite"));
  const queue = commitQueue(database);
  const uses = blobUses(database);
  const blobs = await openBlobs(options.folder, uses.isNamed);
  return {
    database,
    queue,
    blobs,
    uses,
    buckets: bucketRows(database),
    versions: versionRows(database),
    uploads: uploadRows(database),
    events: eventOutbox(database, queue, options.onEvent),
    region: options.region ?? "us-east-1",
    now: Date.now,
    newId: () => randomBytes(24).toString("base64url"),
  };
}

/** Makes what is missing, forgets uploads that nobody finished within a week, and removes files that no row names. */
async function prepare(store: Store, buckets: ObjectStoreOptions["buckets"]): Promise<void> {
  await store.queue.commit(() => {
    for (const { name, versioned, objectLock = false, cors } of buckets) {
      const found = store.buckets.find(name);
      if (found === undefined) store.buckets.insert(name, store.now(), { versioned, objectLock });
      else if (versioned && found.versioning !== "Enabled") store.buckets.setVersioning(name, "Enabled");
      if (objectLock && versioned) store.buckets.allowLegalHold(name);
      if (cors !== undefined) store.buckets.setCors(name, cors);
    }
    for (const upload of store.uploads.initiatedBefore(store.now() - sevenDays)) dropUpload(store, upload);
  });
  await store.blobs.sweep();
}

/** Opens the store in a folder. Everything that was ever acknowledged is there, whatever ended the process before. @throws ConfigError when another process has it open */
export async function openObjectStore(options: ObjectStoreOptions): Promise<ObjectStore> {
  const store = await openStore(options);
  try {
    await prepare(store, options.buckets);
  } catch (error) {
    store.database.close();
    throw error;
  }
  store.events.wake();
  const inProgress = new Set<Promise<void>>();
  return {
    async handle(request, response) {
      const work = answer(store, options.credentials, request, response);
      inProgress.add(work);
      await work.finally(() => inProgress.delete(work));
    },
    async close() {
      await Promise.all(inProgress);
      await store.queue.drained();
      await store.events.close();
      store.database.close();
    },
  };
}

export interface RunningObjectStore {
  readonly endpoint: string;
  readonly port: number;
  /** Takes no more requests, finishes those in progress and closes the files. */
  readonly stop: () => Promise<void>;
}

/** Serves the S3 REST API over a folder. @param options `port` 0 (the default) takes a free one; `host` is 127.0.0.1 unless given */
export async function startObjectStore(options: ObjectStoreOptions & { readonly port?: number; readonly host?: string }): Promise<RunningObjectStore> {
  const store = await openObjectStore(options);
  const handle = (request: IncomingMessage, response: ServerResponse) => void store.handle(request, response);
  // An upload takes as long as it takes: only a client that sends no header, or falls silent, is cut off.
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: 65_000, headersTimeout: 60_000, noDelay: true }, handle);
  server.on("checkContinue", handle);
  const host = options.host ?? "127.0.0.1";
  server.listen(options.port ?? 0, host);
  try {
    await once(server, "listening");
  } catch (error) {
    await store.close();
    throw error;
  }
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://${host.includes(":") ? `[${host}]` : host}:${port}`,
    port,
    async stop() {
      const closed = once(server, "close");
      server.close();
      server.closeIdleConnections();
      const patience = setTimeout(() => server.closeAllConnections(), 5_000);
      await closed;
      clearTimeout(patience);
      await store.close();
    },
  };
}
