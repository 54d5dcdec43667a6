import type { CaptureRecord } from "#contracts/sagemaker/capture.ts";
import type { CaptureSink, CaptureSource, CaptureStore } from "#core/monitoring/captures.ts";

export interface BatchLimits {
  /** A batch is written once it holds this many. @default 500 */
  readonly maxRecords?: number;
  /** ... or is this old. @default 1000 */
  readonly maxDelayMs?: number;
  /** Records held in memory while the store is slow; beyond that the newest are dropped and counted. @default 20000 */
  readonly maxPending?: number;
  /** Told of what was lost: a write that failed after its repeats, or records dropped. */
  readonly onLoss?: (records: number, cause: unknown) => void;
}

interface Batch {
  readonly source: CaptureSource;
  records: CaptureRecord[];
}

/**
 * A sink for a process that lives on: collects records and writes them in batches, off the request path.
 * A failed write is repeated once; the store makes repeats harmless.
 */
export function captureBatches(store: Pick<CaptureStore, "append">, limits: BatchLimits = {}): CaptureSink {
  const { maxRecords = 500, maxDelayMs = 1000, maxPending = 20_000, onLoss = () => {} } = limits;
  const batches = new Map<string, Batch>();
  const writing = new Set<Promise<void>>();
  let pending = 0;
  let timer: NodeJS.Timeout | undefined;

  async function write({ source, records }: Batch): Promise<void> {
    try {
      await store.append(source, records).catch(async () => await store.append(source, records));
    } catch (cause) {
      onLoss(records.length, cause);
    } finally {
      pending -= records.length;
    }
  }

  function start(batch: Batch): void {
    if (batch.records.length === 0) return;
    const done = write({ source: batch.source, records: batch.records }).finally(() => writing.delete(done));
    writing.add(done);
    batch.records = [];
  }

  function startAll(): void {
    clearTimeout(timer);
    timer = undefined;
    for (const batch of batches.values()) start(batch);
    batches.clear();
  }

  return {
    capture(source, record) {
      if (pending >= maxPending) return onLoss(1, new Error(`more than ${maxPending} captured predictions are waiting to be written`));
      const key = JSON.stringify([source.endpoint, source.variant]);
      const batch = batches.get(key) ?? { source, records: [] };
      batches.set(key, batch);
      batch.records.push(record);
      pending += 1;
      if (batch.records.length >= maxRecords) start(batch);
      timer ??= setTimeout(startAll, maxDelayMs).unref();
    },
    async flush() {
      startAll();
      await Promise.all(writing);
    },
  };
}
