import type { DatabaseSync } from "node:sqlite";
import * as z from "zod";
import type { CommitQueue } from "./commit-queue.ts";

const eventSchema = z.object({
  bucket: z.string(),
  key: z.string(),
  name: z.enum(["Object Created", "Object Deleted"]),
  /** What was done, in the words of S3's EventBridge events. */
  reason: z.enum(["PutObject", "CopyObject", "CompleteMultipartUpload", "DeleteObject"]),
  deletionType: z.enum(["Permanently Deleted", "Delete Marker Created"]).optional(),
  size: z.number(),
  etag: z.string(),
  versionId: z.string().optional(),
  /** Milliseconds since the epoch. */
  time: z.number(),
});
type PendingEvent = z.infer<typeof eventSchema>;

/** Something that happened to an object. Of two events on a key the later one has the greater `sequencer`, compared as text. */
export interface ObjectEvent extends PendingEvent {
  readonly sequencer: string;
}
export type EventListener = (event: ObjectEvent) => void | Promise<void>;

/** Events on their way to the listener, at least once each and in order; what a stopped process had not delivered, the next one delivers. */
export interface EventOutbox {
  /** Records an event; to be called inside the transaction of the change that it speaks of. */
  add(event: PendingEvent): void;
  /** Delivers what was committed. Returns at once. */
  wake(): void;
  /** Resolves when the delivery in progress, if any, is done or has taken five seconds; starts no other. */
  close(): Promise<void>;
}

const attempts = 5;

async function deliver(listener: EventListener, event: ObjectEvent): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await listener(event);
    } catch (error) {
      if (attempt === attempts)
        return console.error(`event ${event.sequencer} (${event.name} ${event.bucket}/${event.key}) was refused ${attempts} times and is dropped:`, error);
      await new Promise((resolve) => setTimeout(resolve, 50 * 2 ** attempt));
    }
  }
}

/** @param listener without one, events are not recorded at all */
export function eventOutbox(database: DatabaseSync, queue: CommitQueue, listener: EventListener | undefined): EventOutbox {
  if (listener === undefined) return { add() {}, wake() {}, close: async () => {} };
  const insert = database.prepare("INSERT INTO event (body) VALUES (?)");
  const oldest = database.prepare("SELECT seq, body FROM event WHERE seq > ? ORDER BY seq LIMIT 100");
  const done = database.prepare("DELETE FROM event WHERE seq <= ?");
  const ending = new AbortController();
  let delivered = 0;
  let running: Promise<void> | undefined;

  const run = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      const rows = oldest.all(delivered).map((row) => z.object({ seq: z.number(), body: z.string() }).parse(row));
      const last = rows.at(-1)?.seq;
      if (last === undefined) return;
      for (const { seq, body } of rows) {
        if (ending.signal.aborted) break;
        await deliver(listener, { ...eventSchema.parse(JSON.parse(body)), sequencer: seq.toString(16).toUpperCase().padStart(18, "0") });
        delivered = seq;
      }
      await queue.commit(() => done.run(delivered));
    }
  };

  return {
    add: (event) => void insert.run(JSON.stringify(event)),
    wake() {
      if (ending.signal.aborted || running !== undefined) return;
      running = run()
        .catch((error: unknown) => console.error("delivering object events stopped:", error))
        .finally(() => {
          running = undefined;
        });
    },
    async close() {
      ending.abort();
      await Promise.race([running, new Promise((resolve) => setTimeout(resolve, 5_000).unref())]);
    },
  };
}
