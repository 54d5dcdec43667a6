import { randomBytes } from "node:crypto";
import type { Point } from "#core/tracking/points.ts";
import { type Base, writeBase } from "./base-item.ts";
import { all, any, type Condition, ConditionFailed, equal, type Item, lessThan, missing, present, type Update } from "./item-table.ts";
import { foldable, isSettled, type Live, readLive } from "./live-item.ts";
import { encodeChunk } from "./points-codec.ts";
import { type Records, type Snapshot, statesOf } from "./record-reader.ts";

/** New at every write of attributes: a live item deleted and made again, or changed in between, is never taken for the one seen. */
export const newNonce = () => randomBytes(6).toString("base64url");

/** Puts points beside the record; equal points have one name, so that a repeat changes nothing. */
export async function putChunk({ table }: Records, pk: string, points: Iterable<Point>): Promise<string> {
  const { hash, packed } = encodeChunk(points);
  await table.put({ pk: { S: pk }, sk: { S: `c#${hash}` }, z: { B: packed } });
  return hash;
}

/** What a conditional write answers; undefined when its condition did not hold. */
async function unlessRefused<T>(write: Promise<T>): Promise<T | undefined> {
  try {
    return await write;
  } catch (error) {
    if (error instanceof ConditionFailed) return undefined;
    throw error;
  }
}

/** Expressions may be 4 KB long: attributes beyond these stay for the next fold. */
const removable = 400;

/**
 * Takes out of the live item what the base has: all of it while nobody wrote attributes since, else at least the points.
 * @returns the item after that; undefined when it is gone
 */
async function trim({ table }: Records, { key, item, nonce }: Live, version: number): Promise<Live | undefined> {
  const take: Item = { ...(item["x"] && { x: item["x"] }), ...(item["c"] && { c: item["c"] }) };
  const b = { N: String(version) };
  const older = any(missing("b"), lessThan("b", b));
  const tries: readonly (readonly [Update, Condition])[] = [
    [{ take, remove: foldable(item).slice(0, removable), set: { b, m: { S: newNonce() } } }, all(equal("m", { S: nonce }), older)],
    [{ take, set: { b } }, all(present, older)],
    ...(Object.keys(take).length > 0 ? ([[{ take }, present]] as const) : []),
  ];
  for (const [update, condition] of tries) {
    const after = await unlessRefused(table.update(key, update, condition));
    if (after) return readLive(after);
  }
  return undefined;
}

/** A record's base, and its live item beside it. */
export interface Folded {
  readonly base: Base;
  readonly live: Live | undefined;
}

/**
 * The live item as it was when the base was there or later. One that names an older base may have been read before others folded it,
 * trimmed it and wrote to it: joined with their base, its attributes would bring back what they had replaced.
 */
async function notBefore({ table }: Records, { live, base }: Snapshot): Promise<Live | undefined> {
  if (live === undefined || live.base === base.version) return live;
  const [item] = await table.get([live.key]);
  return item && readLive(item);
}

/**
 * Moves what the live item holds into the next base: chunk, base, trim, in that order, so that every prefix of the steps is a
 * valid state and any number of folders may run at once. Undefined when another folder was faster.
 */
export async function fold(records: Records, snapshot: Snapshot): Promise<Folded | undefined> {
  const { id, base } = snapshot;
  const live = await notBefore(records, snapshot);
  if (live === undefined || isSettled(live)) return { base, live };
  const pk = records.keys.own(id);
  const [state = base.state] = await statesOf(records, [{ id, live, base }]);
  const points = [...live.delta.points];
  if (points.length > 0) await putChunk(records, pk, points);
  const next = await unlessRefused(writeBase(records.table, records.bases, pk, base, state));
  return next && { base: next, live: await trim(records, live, next.version) };
}
