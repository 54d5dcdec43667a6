import { createHash } from "node:crypto";
import { logger } from "#runtime/logger.ts";
import type { Change, LocalTable } from "../local-table.ts";
import type { At } from "../timers.ts";

/** Whom something is delivered to. */
export type Target = { readonly function: string } | { readonly machine: string };

/** Something that a function or a machine has not dealt with yet. */
export interface Delivery {
  /** Sorts by time; the same delivery is never queued twice. */
  readonly id: string;
  readonly target: Target;
  readonly payload: unknown;
  /** What it comes from; see {@link Deliveries.isPending}. */
  readonly from: string;
  readonly attempts: number;
  /** Epoch milliseconds. */
  readonly notBefore: number;
}

export interface DeliveryDeps {
  readonly table: LocalTable;
  readonly at: At;
  readonly now: () => number;
  readonly invoke: (functionName: string, payload: unknown) => Promise<unknown>;
  /** Idempotent by name. */
  readonly startExecution: (machine: string, name: string, input: unknown) => Promise<unknown>;
}

/** Delivers at least once: what is queued outlives the process, and what fails is tried again, then kept as a dead letter. */
export interface Deliveries {
  /** The rows to write, in whatever transaction, before {@link take}. */
  rows(deliveries: readonly Delivery[]): readonly Change[];
  /** Begins to deliver what has been written. */
  take(deliveries: readonly Delivery[]): void;
  isPending(from: string): boolean;
  /** Takes up what is in the table and not in memory; where the table does not answer, it asks again later. */
  resume(): Promise<void>;
  /** What failed too often, the oldest first. */
  deadLetters(): Promise<readonly (Delivery & { readonly error: string })[]>;
  stop(): Promise<void>;
}

/** Attempts before a delivery is given up: with doubling pauses from one second, about two minutes. */
const mostAttempts = 8;
const atOnce = 4;
/** A name that Step Functions takes: at most 80 characters, and a dash for those it does not take. */
const nameOf = (id: string) => (id.length > 80 ? createHash("sha256").update(id).digest("hex") : id.replaceAll(/[^\w.-]/g, "-"));

export function deliveries({ table, at, now, invoke, startExecution }: DeliveryDeps): Deliveries {
  const pending = new Map<string, Delivery>();
  const timers = new Map<string, () => void>();
  const ready: Delivery[] = [];
  const running = new Set<Promise<void>>();
  let stopped = false;

  const row = (delivery: Delivery): Change => ({ put: { pk: "QUEUE", sk: delivery.id, body: delivery } });
  const gone = (delivery: Delivery): Change => ({ remove: { pk: "QUEUE", sk: delivery.id } });
  const carryOut = async ({ id, target, payload }: Delivery): Promise<unknown> =>
    "function" in target ? await invoke(target.function, payload) : await startExecution(target.machine, nameOf(id), payload);

  function later(delivery: Delivery, time: number): void {
    if (stopped) return;
    pending.set(delivery.id, delivery);
    const due = (): void => {
      timers.delete(delivery.id);
      ready.push(delivery);
      fill();
    };
    timers.set(delivery.id, at(time, due));
  }
  function fill(): void {
    while (running.size < atOnce) {
      const next = stopped ? undefined : ready.shift();
      if (!next) return;
      const work = attempt(next).finally(() => {
        running.delete(work);
        fill();
      });
      running.add(work);
    }
  }
  async function attempt(delivery: Delivery): Promise<void> {
    try {
      const failure = await carryOut(delivery).then(
        () => undefined,
        (error: unknown) => ({ error }),
      );
      if (stopped) return;
      if (!failure) {
        await table.write([gone(delivery)]);
        pending.delete(delivery.id);
      } else await failed(delivery, failure.error);
    } catch (error) {
      logger.warn("a delivery could not be recorded and is repeated", { delivery: delivery.id, error });
      later(delivery, now() + 1_000);
    }
  }
  async function failed(delivery: Delivery, error: unknown): Promise<void> {
    const attempts = delivery.attempts + 1;
    if (attempts < mostAttempts) {
      const again = { ...delivery, attempts, notBefore: now() + 1_000 * 2 ** delivery.attempts };
      await table.write([row(again)]);
      return later(again, again.notBefore);
    }
    logger.error("a delivery was given up", { delivery: delivery.id, target: delivery.target, error });
    await table.write([gone(delivery), { put: { pk: "DEADLETTER", sk: delivery.id, body: { ...delivery, attempts, error: String(error) } } }]);
    pending.delete(delivery.id);
  }

  async function resume(): Promise<void> {
    if (stopped) return;
    try {
      take((await table.query("QUEUE")).map(({ body }) => body as Delivery));
    } catch (error) {
      logger.warn("the queue of deliveries could not be read", { error });
      timers.set(
        "",
        at(now() + 1_000, () => void resume()),
      );
    }
  }
  const take = (taken: readonly Delivery[]): void => {
    for (const delivery of taken) if (!pending.has(delivery.id)) later(delivery, delivery.notBefore);
  };
  return {
    rows: (queued) => queued.map(row),
    take,
    isPending: (from) => pending.values().some((delivery) => delivery.from === from),
    resume,
    deadLetters: async () => (await table.query("DEADLETTER")).map(({ body }) => body as Delivery & { readonly error: string }),
    async stop() {
      stopped = true;
      for (const cancel of timers.values()) cancel();
      await Promise.all(running);
    },
  };
}
