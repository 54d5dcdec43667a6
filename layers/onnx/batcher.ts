import { rowCount, type Tensor } from "#core/serving/tensor.ts";
import { concatenate, rowsOf } from "./concatenate.ts";
import type { Ran } from "./session.ts";

interface Waiting {
  readonly inputs: readonly Tensor[];
  readonly rows: number;
  /** Requests with equal keys may share a run: same shapes beyond the rows. */
  readonly key: string;
  resolve(outputs: readonly Tensor[]): void;
  reject(error: unknown): void;
}

export interface BatcherOptions {
  /** A run takes no more rows than this, unless one request alone has more. @default 64 */
  readonly maxRows?: number;
}

/** Above this a shared run gains nothing: the work per row, not the call, is the cost (54 MFLOP convolution: 0.98 times the throughput). */
const worthwhileMsPerRow = 1;
/** So many runs in a row must be slow: one alone may have met a collection of garbage, or a busy neighbour. */
const slowRunsToStop = 8;

const keyOf = (inputs: readonly Tensor[]) =>
  inputs.length === 1 && inputs[0]?.shape.length === 2 ? String(inputs[0].shape[1]) : inputs.map(({ shape }) => shape.slice(1).join("x")).join(";");

/** Whether the run treated rows one by one, as far as shapes tell: every output has as many rows as went in. */
const keepsRows = (outputs: readonly Tensor[], rows: number) => outputs.every(({ shape }) => shape.length > 0 && rowCount(shape) === rows);

/**
 * Joins requests that wait at the same moment into one run, with no timer: what has queued when the event loop turns, or while a run
 * was under way, goes together, so a lone request is never delayed. It stops joining for good once a model shows that it does not keep
 * rows apart, or that its rows take longer than a millisecond, run after run.
 */
export function batcher(run: (inputs: readonly Tensor[]) => Promise<Ran>, { maxRows = 64 }: BatcherOptions) {
  let queue: Waiting[] = [];
  let scheduled = false;
  let running = 0;
  let joining = true;
  let slowRuns = 0;

  async function alone(waiting: Waiting): Promise<void> {
    try {
      waiting.resolve((await run(waiting.inputs)).outputs);
    } catch (error) {
      waiting.reject(error);
    }
  }

  async function together(batch: readonly Waiting[], rows: number): Promise<void> {
    const [first] = batch;
    if (first && batch.length === 1) return alone(first);
    let outputs: readonly Tensor[];
    try {
      const inputs = (first?.inputs ?? []).map((_input, index) => concatenate(batch.flatMap((waiting) => waiting.inputs[index] ?? [])));
      const ran = await run(inputs);
      outputs = ran.outputs;
      slowRuns = ran.milliseconds / rows > worthwhileMsPerRow ? slowRuns + 1 : 0;
      if (slowRuns >= slowRunsToStop) joining = false;
      if (!keepsRows(outputs, rows)) throw new RangeError("the model does not keep rows apart");
    } catch (error) {
      if (error instanceof RangeError) joining = false;
      // One request's values must not fail its neighbours: each gets its own answer.
      await Promise.all(batch.map(alone));
      return;
    }
    let from = 0;
    for (const waiting of batch) {
      const to = from + waiting.rows;
      waiting.resolve(outputs.map((output) => rowsOf(output, from, to)));
      from = to;
    }
  }

  async function start(batch: readonly Waiting[], rows: number): Promise<void> {
    running += 1;
    await together(batch, rows);
    running -= 1;
    if (running === 0 && queue.length > 0 && !scheduled) drain();
  }

  function drain(): void {
    scheduled = false;
    // On a thread of its own the model is free only when its runs have ended; until then requests gather.
    if (running > 0) return;
    const waiting = queue;
    queue = [];
    let batch: Waiting[] = [];
    let rows = 0;
    for (const next of waiting) {
      if (batch.length > 0 && (rows + next.rows > maxRows || next.key !== batch[0]?.key)) {
        void start(batch, rows);
        batch = [];
        rows = 0;
      }
      batch.push(next);
      rows += next.rows;
    }
    if (batch.length > 0) void start(batch, rows);
  }

  return async (inputs: readonly Tensor[]): Promise<readonly Tensor[]> => {
    if (!joining) return (await run(inputs)).outputs;
    return new Promise((resolve, reject) => {
      queue.push({ inputs, rows: rowCount(inputs[0]?.shape ?? []), key: keyOf(inputs), resolve, reject });
      if (scheduled) return;
      scheduled = true;
      setImmediate(drain);
    });
  };
}
