import { DependencyError } from "#core/errors.ts";
import { type Lifecycle, ownLifecycle, stageWithin } from "#core/tracking/lifecycle.ts";
import { latestOf, type Point } from "#core/tracking/points.ts";
import type { Change, ParamConflict, WriteResult } from "#core/tracking/record-store.ts";
import { noBase } from "./base-item.ts";
import { fold, newNonce, putChunk } from "./fold.ts";
import {
  absent,
  all,
  any,
  type Condition,
  ConditionFailed,
  equal,
  type Item,
  ItemTooLarge,
  type Key,
  missing,
  notEqual,
  present,
  type Update,
} from "./item-table.ts";
import { itemBytes, lifecycleAttributes, onceOnly, readLive, settable } from "./live-item.ts";
import { encodePoint } from "./points-codec.ts";
import { type Records, readRecord, type Snapshot } from "./record-reader.ts";

/** When a live item is folded, and when points go to a chunk. The defaults keep a live item within one write unit. */
export interface Limits {
  /** Bytes of a live item. @default 1000 */
  readonly liveBytes: number;
  /** Points, or keys of a larger batch, that the live item itself takes. @default 16 */
  readonly direct: number;
  /** Chunks whose latest values the base lacks. @default 8 */
  readonly pendingChunks: number;
}
export const defaultLimits: Limits = { liveBytes: 1000, direct: 16, pendingChunks: 8 };

const active = { S: "active" };

/** The record is active as seen from its experiment; see {@link stageWithin}. */
function activeWithin({ stage, epoch }: Lifecycle): Condition {
  const own = equal("i:stage", active);
  const at = { N: String(epoch) };
  return stage === "active" ? any(own, notEqual("i:epoch", at)) : all(own, equal("i:epoch", at));
}

function conflictsOf(snapshot: Snapshot, params: Change["params"]): ParamConflict[] {
  const known = (key: string) => snapshot.base.state.params.get(key) ?? snapshot.live?.delta.params.get(key);
  return [...(params ?? [])].flatMap(([key, given]) => {
    const old = known(key);
    return old === undefined || old === given ? [] : [{ key, old, given }];
  });
}

/** Why a change cannot be made; undefined when it can. */
function refusal(snapshot: Snapshot | undefined, change: Change, within: Lifecycle | undefined): WriteResult | undefined {
  const own = snapshot && (ownLifecycle({ info: snapshot.live?.delta.info ?? new Map() }) ?? ownLifecycle(snapshot.base.state));
  if (!snapshot || !own) return { kind: "absent" };
  const stage = within && stageWithin(own, within);
  if (stage === "deleted") return { kind: "notActive", stage };
  const conflicts = conflictsOf(snapshot, change.params);
  return conflicts.length > 0 ? { kind: "paramConflict", conflicts } : undefined;
}

/** The same point twice in one request would be two equal elements of a set, which the service refuses. */
const distinct = (points: readonly Point[]): Buffer[] => {
  const seen = new Map(points.map((point) => [encodePoint(point).toString("latin1"), point]));
  return [...seen.values()].map(encodePoint);
};

/** Where a change's points go: into the live item, or into a chunk that the live item names. */
async function placePoints(records: Records, limits: Limits, pk: string, points: readonly Point[]): Promise<Item> {
  if (points.length === 0) return {};
  if (points.length <= limits.direct) return { x: { BS: distinct(points) } };
  const hash = await putChunk(records, pk, points);
  const latest = latestOf(points);
  return latest.size <= limits.direct ? { x: { BS: distinct([...latest.values()]) } } : { c: { SS: [hash] } };
}

const isEmpty = ({ info, params, tags, links, points }: Change) =>
  [info, params, tags, links].every((entries) => (entries?.size ?? 0) === 0) && (points?.length ?? 0) === 0;

/** The change without params that are there already with the same value. */
function remaining(change: Change, { live, base }: Snapshot): Change {
  if (!change.params) return change;
  const params = new Map([...change.params].filter(([key]) => !base.state.params.has(key) && live?.delta.params.get(key) === undefined));
  return { ...change, params };
}

/**
 * That no param of the change was set since `params` of a base of version `version` were looked at: while `b` says that version, whatever
 * was set later is still in the live item.
 */
function paramsFree(params: ReadonlyMap<string, string>, version: number): Condition {
  const sameBase = version === 0 ? missing("b") : equal("b", { N: String(version) });
  return all(sameBase, ...[...params.keys()].map((name) => missing(`p:${name}`)));
}

/** Writes to the live item that is there. @returns the item after it; ConditionFailed is thrown when the record must be looked at first */
function writeLive({ table }: Records, key: Key, change: Change, points: Item, version: number, within: Lifecycle | undefined): Promise<Item> {
  const renewed: Item = change.info || change.params || change.tags || change.links ? { m: { S: newNonce() } } : {};
  const update: Update = { set: { ...settable(change), ...renewed }, setIfMissing: onceOnly(change), add: points };
  const allowed = within ? activeWithin(within) : present;
  return table.update(key, update, change.params?.size ? all(allowed, paramsFree(change.params, version)) : allowed);
}

/**
 * Makes the live item that compaction took away, with the base's lifecycle so that this cannot undo a delete. The base is checked in
 * the same moment: a live item that named an older one would hide what was folded, written and taken away since.
 */
async function remakeLive({ table, keys }: Records, key: Key, change: Change, points: Item, { id, base }: Snapshot): Promise<Item> {
  const own = ownLifecycle(base.state);
  const version = { N: String(base.version) };
  const made: Item = { ...(own && lifecycleAttributes(own)), b: version, m: { S: newNonce() } };
  const item: Item = { pk: { S: key.pk }, sk: { S: key.sk }, ...made, ...settable(change), ...onceOnly(change), ...points };
  await table.putBeside(item, { pk: keys.own(id), sk: "b" }, equal("v", version));
  return item;
}

/** Folds what has grown too large. The change itself is written: that the fold must wait is no reason to refuse it. */
async function foldWhenLarge(records: Records, limits: Limits, id: string, item: Item): Promise<void> {
  if (itemBytes(item) <= limits.liveBytes && (item["c"]?.SS?.length ?? 0) < limits.pendingChunks) return;
  const live = readLive(item);
  const known = live.base === 0 ? noBase : records.bases.get(records.keys.own(id));
  try {
    const snapshot = known && known.version >= live.base ? { id, live, base: known } : await readRecord(records, id);
    if (snapshot) await fold(records, snapshot);
  } catch (error) {
    if (!(error instanceof DependencyError)) throw error;
  }
}

/** Puts a new record; large ones are folded at once, so that the writes after it stay within one unit. */
export async function createRecord(records: Records, limits: Limits, id: string, state: Change, own: Lifecycle): Promise<void> {
  const key = records.keys.locate(id)?.live;
  if (key === undefined) throw new RangeError(`${id} is no id of ours`);
  const m = { S: newNonce() };
  const item: Item = { pk: { S: key.pk }, sk: { S: key.sk }, ...settable(state), ...onceOnly(state), ...lifecycleAttributes(own), s: { BOOL: true }, m };
  try {
    await records.table.put(item, absent);
  } catch (error) {
    // A put that the client library repeated after its reply was lost finds its own item.
    if (!(error instanceof ConditionFailed) || error.item?.["m"]?.S !== m.S) throw error;
  }
  await foldWhenLarge(records, limits, id, item);
}

/** One conditional write while the live item is there and says "active"; otherwise look, decide and try again. */
export async function changeRecord(records: Records, limits: Limits, id: string, change: Change, within?: Lifecycle): Promise<WriteResult> {
  const key = records.keys.locate(id)?.live;
  if (key === undefined) return { kind: "absent" };
  const pk = records.keys.own(id);
  const { points = [] } = change;
  const cached = records.bases.get(pk) ?? noBase;
  let looked = points.length > limits.direct || isEmpty(change) || [...(change.params?.keys() ?? [])].some((name) => cached.state.params.has(name));
  let snapshot = looked ? await readRecord(records, id) : undefined;
  let placed: Item | undefined;
  for (let attempt = 0; attempt < 8; attempt++) {
    const refused = looked ? refusal(snapshot, change, within) : undefined;
    if (refused) return refused;
    const wanted = snapshot ? remaining(change, snapshot) : change;
    if (isEmpty(wanted)) return { kind: "written" };
    placed ??= await placePoints(records, limits, pk, points);
    try {
      const item =
        snapshot && !snapshot.live
          ? await remakeLive(records, key, wanted, placed, snapshot)
          : await writeLive(records, key, wanted, placed, snapshot?.live?.base ?? cached.version, within);
      await foldWhenLarge(records, limits, id, item);
      return { kind: "written" };
    } catch (error) {
      if (error instanceof ItemTooLarge && attempt < 4) await foldNow(records, id);
      else if (!(error instanceof ConditionFailed)) throw error;
    }
    snapshot = await readRecord(records, id);
    looked = true;
  }
  throw new DependencyError(`${id} is being changed by too many writers at once`);
}

async function foldNow(records: Records, id: string): Promise<void> {
  const snapshot = await readRecord(records, id);
  if (snapshot) await fold(records, snapshot);
}
