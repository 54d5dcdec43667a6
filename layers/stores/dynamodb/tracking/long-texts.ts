import { createHash } from "node:crypto";
import { DependencyError } from "#core/errors.ts";
import { recent } from "#core/recent.ts";
import type { RecordState } from "#core/tracking/record.ts";
import type { Change } from "#core/tracking/record-store.ts";
import { compress, decompress } from "./compression.ts";
import type { ItemTable, Key } from "./item-table.ts";

/**
 * Texts above 2 KB (dataset schemas, long tags) lie in items of their own, `E#<experiment>` `v#<hash>#<piece>`, shared by all records
 * of the experiment; records hold a mark in their place. So a live item stays far below 400 KB and a base stays small.
 * Whether a text is long depends on the text alone: equal texts have equal marks.
 */
export interface LongTexts {
  /** Puts the long texts of a change; what it returns holds marks instead. */
  shorten(experimentId: string, change: Change): Promise<Change>;
  /** The states with every mark replaced by its text. */
  expand(experimentId: string, states: readonly RecordState[]): Promise<RecordState[]>;
  /** Texts with those that are marks replaced by what they stand for. */
  expandTexts(experimentId: string, texts: readonly (string | undefined)[]): Promise<readonly (string | undefined)[]>;
}

const longest = 2048;
const pieceBytes = 350_000;
/** No text that clients send begins so unless it is marked itself. */
const sign = "\u0000";

const isLong = (text: string) => text.startsWith(sign) || text.length > longest || (text.length > longest / 3 && Buffer.byteLength(text) > longest);
const keyOf = (experimentId: string, hash: string, piece: number): Key => ({ pk: `E#${experimentId}`, sk: `v#${hash}#${piece}` });

function markOf(text: string): { mark: string; hash: string; bytes: Buffer; pieces: number } {
  const bytes = Buffer.from(text);
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 32);
  const pieces = Math.ceil(bytes.length / pieceBytes);
  return { mark: `${sign}${hash}.${pieces}`, hash, bytes, pieces };
}

const mapped = <V>(entries: ReadonlyMap<string, V>, replace: (value: V) => V): ReadonlyMap<string, V> =>
  new Map([...entries].map(([key, value]) => [key, replace(value)]));
const marksIn = (state: RecordState) =>
  [state.params, state.tags, state.links, state.info].flatMap(
    (entries) => [...entries.values()].filter((value) => typeof value === "string" && value.startsWith(sign)) as string[],
  );

export function longTexts(table: ItemTable): LongTexts {
  const texts = recent<string>(16 * 1024 * 1024);

  async function put(experimentId: string, text: string): Promise<string> {
    const { mark, hash, bytes, pieces } = markOf(text);
    const cached = `${experimentId}/${mark}`;
    if (texts.get(cached) === undefined) {
      const items = Array.from({ length: pieces }, (_, piece) => {
        const { pk, sk } = keyOf(experimentId, hash, piece);
        return { pk: { S: pk }, sk: { S: sk }, z: { B: compress(bytes.subarray(piece * pieceBytes, (piece + 1) * pieceBytes), "deflate") } };
      });
      await Promise.all(items.map((item) => table.put(item)));
      texts.put(cached, text, bytes.length);
    }
    return mark;
  }

  async function load(experimentId: string, marks: ReadonlySet<string>): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    const wanted = new Map<string, Key[]>();
    for (const mark of marks) {
      const known = texts.get(`${experimentId}/${mark}`);
      const [hash = "", pieces] = mark.slice(1).split(".");
      if (known === undefined)
        wanted.set(
          mark,
          Array.from({ length: Number(pieces) }, (_, piece) => keyOf(experimentId, hash, piece)),
        );
      else found.set(mark, known);
    }
    const items = await table.get([...wanted.values()].flat());
    let next = 0;
    for (const [mark, keys] of wanted) {
      const parts = items.slice(next, next + keys.length).map((item) => item?.["z"]?.B);
      next += keys.length;
      if (parts.includes(undefined)) throw new DependencyError(`a long text of experiment ${experimentId} is missing`);
      const bytes = Buffer.concat(parts.flatMap((part) => (part ? [decompress(Buffer.from(part))] : [])));
      found.set(mark, bytes.toString("utf8"));
      texts.put(`${experimentId}/${mark}`, bytes.toString("utf8"), bytes.length);
    }
    return found;
  }

  return {
    async shorten(experimentId, change) {
      const values = [change.params, change.tags, change.links, change.info].flatMap((entries) => [...(entries?.values() ?? [])]);
      const long = new Set(values.filter((value): value is string => typeof value === "string" && isLong(value)));
      if (long.size === 0) return change;
      const marks = new Map(await Promise.all([...long].map(async (text) => [text, await put(experimentId, text)] as const)));
      const replace = <V>(value: V): V => (typeof value === "string" ? ((marks.get(value) ?? value) as V) : value);
      return {
        ...change,
        ...(change.info && { info: mapped(change.info, replace) }),
        ...(change.params && { params: mapped(change.params, replace) }),
        ...(change.tags && { tags: mapped(change.tags, replace) }),
        ...(change.links && { links: mapped(change.links, replace) }),
      };
    },
    async expandTexts(experimentId, given) {
      const marks = new Set(given.filter((text) => text?.startsWith(sign) === true) as string[]);
      if (marks.size === 0) return given;
      const found = await load(experimentId, marks);
      return given.map((text) => (text === undefined ? undefined : (found.get(text) ?? text)));
    },
    async expand(experimentId, states) {
      const marks = states.map(marksIn);
      const found = await load(experimentId, new Set(marks.flat()));
      if (found.size === 0) return [...states];
      const replace = <V>(value: V): V => (typeof value === "string" ? ((found.get(value) ?? value) as V) : value);
      return states.map((state, index) => {
        if (marks[index]?.length === 0) return state;
        const { info, params, tags, links, metrics } = state;
        return { info: mapped(info, replace), params: mapped(params, replace), tags: mapped(tags, replace), links: mapped(links, replace), metrics };
      });
    },
  };
}
