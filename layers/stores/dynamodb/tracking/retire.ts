import type { Base } from "./base-item.ts";
import { fold } from "./fold.ts";
import { all, ConditionFailed, equal, missing } from "./item-table.ts";
import { isSettled, type Live } from "./live-item.ts";
import { type Records, readRecord } from "./record-reader.ts";

/** A record as compaction may pack it, and its live item where that holds nothing that this base lacks. */
export interface Settled {
  readonly base: Base;
  readonly live: Live | undefined;
}

/** Folds a record as far as its writers let it. Undefined when there is nothing folded yet. */
export async function settle(records: Records, id: string): Promise<Settled | undefined> {
  const before = await readRecord(records, id);
  if (before) await fold(records, before);
  const snapshot = await readRecord(records, id);
  if (!snapshot || snapshot.base.version === 0) return undefined;
  const { live, base } = snapshot;
  return { base, live: live && live.base === base.version && isSettled(live) ? live : undefined };
}

/** Takes a settled live item away unless somebody wrote to it since; only after its base can be found without it. */
export async function retire({ table }: Records, { key, nonce, base }: Live): Promise<void> {
  try {
    await table.delete(key, all(equal("m", { S: nonce }), equal("b", { N: String(base) }), missing("x"), missing("c")));
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
  }
}
