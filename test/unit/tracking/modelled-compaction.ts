import type { RecordState } from "#core/tracking/record.ts";
import type { Base } from "#stores/dynamodb/tracking/base-item.ts";
import { absent, ConditionFailed, equal, type ItemTable } from "#stores/dynamodb/tracking/item-table.ts";
import { runKeys } from "#stores/dynamodb/tracking/keys.ts";
import { type Records, readLiveRecords, recordsIn, statesOf } from "#stores/dynamodb/tracking/record-reader.ts";
import { retire, settle } from "#stores/dynamodb/tracking/retire.ts";

export const recordsOn = (table: ItemTable): Records => recordsIn(table, runKeys);

/** Stands for the bucket: blocks of bases by name, never changed once written. */
export type Blocks = Map<string, ReadonlyMap<string, Base>>;

const manifestKey = (experimentId: string) => ({ pk: `X#${experimentId}`, sk: "manifest" });

/** Packs what is live into a block, names it in the manifest, and only then takes settled live items away. */
export async function compact(records: Records, blocks: Blocks, experimentId: string): Promise<void> {
  const { table, keys } = records;
  const rows = new Map<string, Base>();
  const clean = [];
  for (const item of await table.query(keys.partition(experimentId, 0))) {
    const id = item["sk"]?.S ?? "";
    const settled = await settle(records, id);
    if (!settled) continue;
    rows.set(id, settled.base);
    if (settled.live) clean.push(settled.live);
  }
  const [manifest] = await table.get([manifestKey(experimentId)]);
  const names = [...(manifest?.["names"]?.L ?? []), { S: `block-${blocks.size}` }];
  blocks.set(`block-${blocks.size}`, rows);
  const version = Number(manifest?.["v"]?.N ?? 0);
  const { pk, sk } = manifestKey(experimentId);
  try {
    const condition = manifest ? equal("v", { N: String(version) }) : absent;
    await table.put({ pk: { S: pk }, sk: { S: sk }, v: { N: String(version + 1) }, names: { L: names } }, condition);
  } catch (error) {
    if (error instanceof ConditionFailed) return;
    throw error;
  }
  for (const live of clean) await retire(records, live);
}

/** Every record of an experiment: live items first, blocks second, as the order of compaction's steps requires. */
export async function search(records: Records, blocks: Blocks, experimentId: string): Promise<Map<string, RecordState>> {
  const live = await readLiveRecords(records, experimentId, 1);
  const states = await statesOf(records, live);
  const [manifest] = await records.table.get([manifestKey(experimentId)]);
  const newest = new Map<string, Base>();
  for (const { S: name = "" } of manifest?.["names"]?.L ?? []) {
    for (const [id, base] of blocks.get(name) ?? []) if (base.version > (newest.get(id)?.version ?? 0)) newest.set(id, base);
  }
  return new Map([...[...newest].map(([id, { state }]) => [id, state] as const), ...states.map((state, index) => [live[index]?.id ?? "", state] as const)]);
}
