import { asHistory, byTime, type Point } from "#core/tracking/points.ts";
import { join, type RecordState } from "#core/tracking/record.ts";
import { type Base, type BaseCache, baseCache, noBase, readBase } from "./base-item.ts";
import type { Item, ItemTable } from "./item-table.ts";
import type { RecordKeys } from "./keys.ts";
import { type Live, readLive } from "./live-item.ts";
import { type LongTexts, longTexts } from "./long-texts.ts";
import { decodePoints } from "./points-codec.ts";

/** What a reader and a writer of records stand on; one of a kind and process, since it keeps what it has decoded. */
export interface Records {
  readonly table: ItemTable;
  readonly keys: RecordKeys;
  readonly bases: BaseCache;
  readonly texts: LongTexts;
}
export const recordsIn = (table: ItemTable, keys: RecordKeys): Records => ({ table, keys, bases: baseCache(), texts: longTexts(table) });

/** A record's two items at one moment; neither is there for an id that does not exist. */
export interface Snapshot {
  readonly id: string;
  readonly live: Live | undefined;
  readonly base: Base;
}

const chunkKey = (pk: string, hash: string) => ({ pk, sk: `c#${hash}` });
const pointsOf = (chunk: Item | undefined, only?: string): Point[] => (chunk?.["z"]?.B ? decodePoints(chunk["z"].B, only) : []);

/** Live item and base. Where the base is cached and the live item asks for no later version, the live item alone is read. */
export async function readRecord({ table, keys, bases }: Records, id: string): Promise<Snapshot | undefined> {
  const key = keys.locate(id)?.live;
  if (key === undefined) return undefined;
  const pk = keys.own(id);
  const known = bases.get(pk);
  if (known) {
    const [item] = await table.get([key]);
    const live = item && readLive(item);
    if (live && live.base <= known.version) return { id, live, base: known };
  }
  const [item, baseItem] = await table.get([key, { pk, sk: "b" }]);
  const live = item && readLive(item);
  const base = await readBase(table, bases, pk, baseItem);
  if (!live || live.base <= base.version) return { id, live, base };
  // The two were read at different moments: what the live item no longer holds is in a base that is there by now.
  const [later] = await table.get([{ pk, sk: "b" }]);
  return { id, live, base: await readBase(table, bases, pk, later) };
}

/** The states that snapshots stand for, in their order; chunks that only a live item names are read. */
export async function statesOf({ table, keys }: Records, snapshots: readonly Snapshot[]): Promise<RecordState[]> {
  const wanted = snapshots.flatMap(({ id, live }) => (live?.chunks ?? []).map((hash) => chunkKey(keys.own(id), hash)));
  const chunks = wanted.length > 0 ? await table.get(wanted) : [];
  let next = 0;
  return snapshots.map(({ live, base }) => {
    if (live === undefined) return base.state;
    const points = chunks.slice(next, next + live.chunks.length).flatMap((chunk) => pointsOf(chunk));
    next += live.chunks.length;
    return join(base.state, { ...live.delta, points: [...live.delta.points, ...points] });
  });
}

/** All points of one key, or of all. Live item first, chunks second: a point moves from the one to the other, and is put there before it leaves. */
export async function readHistory({ table, keys }: Records, id: string, key?: string): Promise<Point[]> {
  const at = keys.locate(id)?.live;
  if (at === undefined) return [];
  const [item] = await table.get([at]);
  const chunks = await table.query(keys.own(id), "c#");
  const direct = item ? [...readLive(item).delta.points].filter((point) => key === undefined || point.key === key) : [];
  return asHistory([...inSequence(chunks.map((chunk) => pointsOf(chunk, key))), ...direct]);
}

/** Chunks lie under their hashes, in no order: put one after the other by their first points, they are nearly sorted already. */
const inSequence = (lists: Point[][]): Point[] =>
  lists
    .filter(({ length }) => length > 0)
    .sort(([a], [b]) => (a && b ? byTime(a, b) : 0))
    .flat();

/** The live items of some of an experiment's shards. */
export async function readLives({ table, keys }: Records, experimentId: string, shards: readonly number[]): Promise<Live[]> {
  return (await Promise.all(shards.map((shard) => table.query(keys.partition(experimentId, shard))))).flat().map(readLive);
}

/**
 * Live items with their bases: those that are missing or older than a live item asks for are read together.
 * @param packed bases as blocks have them, tried first
 */
export async function withBases(records: Records, lives: readonly Live[], packed?: ReadonlyMap<string, Base>): Promise<Snapshot[]> {
  const { table, keys, bases } = records;
  // Looked up once: while bases are read, others use the cache, and what it held may be gone from it.
  const known = lives.map(({ key: { sk }, base }) => {
    if (base === 0) return noBase;
    return [bases.get(keys.own(sk)), packed?.get(sk)].find((one) => one !== undefined && one.version >= base);
  });
  const stale = lives.filter((_live, index) => known[index] === undefined).map(({ key: { sk } }) => keys.own(sk));
  const items = stale.length > 0 ? await table.get(stale.map((pk) => ({ pk, sk: "b" }))) : [];
  const fresh = await Promise.all(stale.map((pk, index) => readBase(table, bases, pk, items[index])));
  let next = 0;
  return lives.map((live, index) => ({ id: live.key.sk, live, base: known[index] ?? fresh[next++] ?? noBase }));
}
