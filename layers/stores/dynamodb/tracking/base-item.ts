import { randomBytes } from "node:crypto";
import { DependencyError } from "#core/errors.ts";
import { type Recent, recent } from "#core/recent.ts";
import { emptyRecord, type RecordState } from "#core/tracking/record.ts";
import { packDocument, unpackDocument } from "./document-codec.ts";
import { absent, equal, type Item, type ItemTable } from "./item-table.ts";

/** A record as it was folded for the `version`-th time; version 0 is before the first. */
export interface Base {
  readonly version: number;
  readonly state: RecordState;
}
export const noBase: Base = { version: 0, state: emptyRecord };

/** Decoded bases of a warm process. 16 MB of packed documents are about 10,000 runs of 20 params and 20 metrics. */
export type BaseCache = Recent<Base>;
export const baseCache = (): BaseCache => recent<Base>(16 * 1024 * 1024);

const whole = 300_000;
const pageKey = (pk: string, at: string, page: number) => ({ pk, sk: `b#${at}#${page}` });
const pagesOf = (item: Item | undefined) => ({ at: item?.["at"]?.S ?? "", count: Number(item?.["pages"]?.N ?? 0) });

/** The bytes of a base's document; undefined when its pages were replaced in the meantime. */
async function documentOf(table: ItemTable, pk: string, item: Item): Promise<Uint8Array | undefined> {
  const { at, count } = pagesOf(item);
  if (count === 0) return item["doc"]?.B;
  const pages = await table.get(Array.from({ length: count }, (_, page) => pageKey(pk, at, page)));
  const parts = pages.flatMap((page) => page?.["doc"]?.B ?? []);
  return parts.length === count ? Buffer.concat(parts) : undefined;
}

/** The base that `item` holds, from the cache where it is the same version. */
export async function readBase(table: ItemTable, cache: BaseCache, pk: string, item: Item | undefined): Promise<Base> {
  let latest = item;
  for (let attempt = 0; attempt < 5; attempt++) {
    if (latest === undefined) return noBase;
    const version = Number(latest["v"]?.N);
    const known = cache.get(pk);
    if (known?.version === version) return known;
    const document = await documentOf(table, pk, latest);
    if (document) {
      const base = { version, state: unpackDocument(document) };
      cache.put(pk, base, document.byteLength);
      return base;
    }
    [latest] = await table.get([{ pk, sk: "b" }]);
  }
  throw new DependencyError(`the base of ${pk} is being replaced too often`);
}

/**
 * Puts the next version. A document beyond 300 KB is put as pages first, under a name of their own; the pages of the version
 * before are deleted afterwards. @throws ConditionFailed when `before` is not the present version
 */
export async function writeBase(table: ItemTable, cache: BaseCache, pk: string, before: Base, state: RecordState): Promise<Base> {
  const version = before.version + 1;
  const document = packDocument(state);
  const at = randomBytes(6).toString("base64url");
  const count = document.length > whole ? Math.ceil(document.length / whole) : 0;
  const pages = Array.from({ length: count }, (_, page) => document.subarray(page * whole, (page + 1) * whole));
  await Promise.all(
    pages.map((doc, page) => {
      const key = pageKey(pk, at, page);
      return table.put({ pk: { S: key.pk }, sk: { S: key.sk }, doc: { B: doc } });
    }),
  );
  const body: Item = count === 0 ? { doc: { B: document } } : { at: { S: at }, pages: { N: String(count) } };
  const old = before.version > 0 && document.length > whole / 2 ? (await table.get([{ pk, sk: "b" }]))[0] : undefined;
  await table.put(
    { pk: { S: pk }, sk: { S: "b" }, v: { N: String(version) }, ...body },
    before.version === 0 ? absent : equal("v", { N: String(before.version) }),
  );
  const base = { version, state };
  cache.put(pk, base, document.length);
  const gone = pagesOf(old);
  await Promise.all(Array.from({ length: gone.count }, (_, page) => table.delete(pageKey(pk, gone.at, page))));
  return base;
}
