import type { Base } from "./base-item.ts";
import { type Folded, fold } from "./fold.ts";
import { all, ConditionFailed, equal, missing } from "./item-table.ts";
import { isSettled, type Live } from "./live-item.ts";
import { type Records, readRecord, type Snapshot } from "./record-reader.ts";

/** A record as compaction may pack it, and its live item where that holds nothing that this base lacks. */
export interface Settled {
  readonly id: string;
  readonly base: Base;
  readonly live: Live | undefined;
}

const settled = (id: string, { base, live }: Folded): Settled => ({
  id,
  base,
  live: live && live.base === base.version && isSettled(live) ? live : undefined,
});

/** Folds a record as far as its writers let it. Undefined when there is nothing folded yet. */
export async function settle(records: Records, snapshot: Snapshot): Promise<Settled | undefined> {
  const folded = await fold(records, snapshot);
  if (folded) return folded.base.version === 0 ? undefined : settled(snapshot.id, folded);
  const present = await readRecord(records, snapshot.id);
  return present && present.base.version > 0 ? settled(snapshot.id, present) : undefined;
}

/** Takes a settled live item away unless somebody wrote to it since; only after its base can be found without it. */
export async function retire({ table }: Records, { key, nonce, base }: Live): Promise<void> {
  try {
    await table.delete(key, all(equal("m", { S: nonce }), equal("b", { N: String(base) }), missing("x"), missing("c")));
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
  }
}
