import { mostColumnsCounted, type RunColumn } from "#contracts/platform/runs-table.ts";
import { likeMatcher } from "../../search/like.ts";
import { columnKeys } from "../column-keys.ts";
import type { RunsContext } from "../open-runs.ts";
import type { RunSearch } from "../run-query.ts";
import { openSheet, type Sheet } from "./sheet.ts";
import { type ValueKind, valueColumn, valueKinds } from "./value-column.ts";

export interface ColumnsQuery extends RunSearch {
  readonly experimentId: string;
  readonly search: string;
  readonly differing: boolean;
  readonly from: number;
  readonly limit: number;
}

export interface RunColumns {
  readonly total: number;
  readonly counts: Readonly<Record<ValueKind, number>>;
  readonly columns: readonly RunColumn[];
  readonly usual: readonly string[];
}

const usualCounts = { metrics: 8, params: 6, tags: 0 } as const;
/** Of so many of a kind, the first by name, the usual ones are chosen. */
const considered = 40;
/** Set by clients for themselves; they are found by name but not shown unasked. */
const isOwn = (column: string) => column.startsWith("tags.mlflow.") || column.startsWith("metrics.system/");

/** By name, numbers within it by their size. Twelve thousand names are ordered for every list: a collator would take most of its time. */
function byName(names: readonly string[]): readonly string[] {
  const keys = new Map(names.map((name) => [name, name.replaceAll(/\d+/g, (digits) => digits.padStart(15, "0"))]));
  return names.toSorted((a, b) => ((keys.get(a) ?? a) < (keys.get(b) ?? b) ? -1 : 1));
}
const kindsOf: readonly ValueKind[] = ["metrics", "params", "tags"];

/** `%` and `_` mean themselves in names, `*` alone is a pattern's. A pattern is of the whole name, or of the key alone. */
function nameTest(search: string): (name: string) => boolean {
  const wanted = search.toLowerCase();
  if (!wanted.includes("*")) return (name) => name.toLowerCase().includes(wanted);
  const escaped = (text: string) => text.replaceAll("_", "\u0001");
  const test = likeMatcher(escaped(wanted).replaceAll("*", "%"));
  return (name) => {
    const whole = escaped(name.toLowerCase());
    return test(whole) || test(whole.slice(whole.indexOf(".") + 1));
  };
}

/** How many runs have each column, and whether they differ in it. Columns are read some at a time. */
async function counted(sheet: Sheet, columns: readonly string[]): Promise<readonly RunColumn[]> {
  const found: RunColumn[] = [];
  for (let at = 0; at < columns.length; at += mostColumnsCounted) {
    const some = columns.slice(at, at + mostColumnsCounted);
    const cells = await sheet.read(some.map(valueColumn));
    for (const [place, column] of some.entries()) {
      const first = cells[0]?.[place];
      let [runs, differs] = [0, false];
      for (const row of cells) {
        if (row[place] !== undefined) runs += 1;
        if (!Object.is(row[place], first)) differs = true;
      }
      found.push({ column, runs, differs });
    }
  }
  return found;
}

const mostCommon = async (sheet: Sheet, columns: readonly string[], kind: ValueKind) =>
  (await counted(sheet, columns.filter((column) => !isOwn(column)).slice(0, usualCounts[kind] === 0 ? 0 : considered)))
    .toSorted((a, b) => (b.runs ?? 0) - (a.runs ?? 0))
    .slice(0, usualCounts[kind])
    .map(({ column }) => column);

/** What an experiment's runs have values of. @throws DomainError for an unknown experiment or a filter that is not understood */
export async function listRunColumns(ctx: RunsContext, query: ColumnsQuery): Promise<RunColumns> {
  const [sheet, keys] = await Promise.all([openSheet(ctx, query.experimentId, query), columnKeys(ctx, [query.experimentId])]);
  const all = kindsOf.map((kind) => byName(keys[valueKinds[kind]].map((key) => `${kind}.${key}`)));
  const test = nameTest(query.search);
  const named = all.flat().filter(test);
  const found = query.differing ? (await counted(sheet, named)).flatMap(({ column, differs }) => (differs ? column : [])) : named;
  const page = [...found.filter((one) => !isOwn(one)), ...found.filter(isOwn)].slice(query.from, query.from + query.limit);
  const isCounted = query.limit <= mostColumnsCounted;
  const [metrics = [], params = [], tags = []] = all;
  return {
    total: found.length,
    counts: { metrics: metrics.length, params: params.length, tags: tags.length },
    columns: isCounted ? await counted(sheet, page) : page.map((column) => ({ column, runs: null, differs: null })),
    usual: query.search === "" ? (await Promise.all(kindsOf.map((kind, index) => mostCommon(sheet, all[index] ?? [], kind)))).flat() : [],
  };
}
