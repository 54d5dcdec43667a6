import type { DocumentStore } from "./documents.ts";
import { isEnded, type StoredExecution } from "./executions.ts";

/** The right to run a pipeline: one holder at a time, until it is given back or its lease ends. */
export interface SlotStore {
  /** Takes the slot, or prolongs the holder's own lease. @returns who holds it now. @param until milliseconds since the epoch */
  take(pipeline: string, holder: string, now: number, until: number): Promise<string>;
  /** Gives it back; nothing happens where another holds it by now. */
  release(pipeline: string, holder: string): Promise<void>;
}

export interface SlotsContext {
  readonly executions: DocumentStore<StoredExecution>;
  readonly slots: SlotStore;
  readonly now: () => number;
}

/** A day more than the machine's own limit of 35: no execution outlives its lease. */
const leaseMs = 36 * 86_400_000;

/** Takes a pipeline's slot for an execution, also from one that has ended without giving it back. @returns false while another runs */
export async function takeSlot({ executions, slots, now }: SlotsContext, pipeline: string, execution: string): Promise<boolean> {
  const take = () => slots.take(pipeline, execution, now(), now() + leaseMs);
  const holder = await take();
  if (holder === execution) return true;
  const found = await executions.find(holder);
  if (found && !isEnded(found.document)) return false;
  await slots.release(pipeline, holder);
  return (await take()) === execution;
}
