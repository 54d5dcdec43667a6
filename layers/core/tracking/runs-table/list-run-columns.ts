import type { ViewType } from "#contracts/mlflow/proto-enum.ts";
import type { RunColumn } from "#contracts/platform/runs-table.ts";
import { likeMatcher } from "../../search/like.ts";
import { getExperiment } from "../experiments.ts";
import type { RunsContext } from "../open-runs.ts";
import type { Run } from "../run.ts";
import { findRuns } from "../search-runs.ts";
import { type ValueKind, valueKinds } from "./value-column.ts";

export interface ColumnsQuery {
  readonly experimentId: string;
  readonly filter: string;
  readonly viewType: ViewType;
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
/** Tags that clients set for themselves; they are found by name but not shown unasked. */
const isOwn = ({ column }: RunColumn) => column.startsWith("tags.mlflow.");

interface Seen {
  runs: number;
  differs: boolean;
  readonly first: number | string;
}

function tally(seen: Map<string, Seen>, key: string, value: number | string): void {
  const known = seen.get(key);
  if (known === undefined) seen.set(key, { runs: 1, differs: false, first: value });
  else {
    known.runs += 1;
    if (!Object.is(known.first, value)) known.differs = true;
  }
}

const natural = new Intl.Collator("en", { numeric: true });

/** Every column of one kind, by name. */
function columnsOf(runs: readonly Run[], kind: ValueKind): readonly RunColumn[] {
  const seen = new Map<string, Seen>();
  for (const { state } of runs) {
    if (kind === "metrics") for (const { key, value } of state.metrics.values()) tally(seen, key, value);
    else for (const [key, value] of state[kind]) tally(seen, key, value);
  }
  return [...seen]
    .map(([key, { runs: count, differs }]) => ({ column: `${kind}.${key}`, runs: count, differs: differs || count < runs.length }))
    .sort((a, b) => natural.compare(a.column, b.column));
}

/** `%` and `_` mean themselves here, as a name is full of the second: a pattern is matched piece by piece. */
function nameTest(search: string): (name: string) => boolean {
  const wanted = search.toLowerCase();
  if (!wanted.includes("*")) return (name) => name.toLowerCase().includes(wanted);
  const escaped = (text: string) => text.replaceAll("_", "\u0001");
  const test = likeMatcher(escaped(wanted).replaceAll("*", "%"));
  return (name) => test(escaped(name.toLowerCase()));
}

/** What an experiment's runs have values of. @throws DomainError for an unknown experiment or a filter that is not understood */
export async function listRunColumns(ctx: RunsContext, query: ColumnsQuery): Promise<RunColumns> {
  const [{ runs }] = await Promise.all([findRuns(ctx, [query.experimentId], query), getExperiment(ctx, query.experimentId)]);
  const byKind = valueKinds.map((kind) => ({ kind, columns: columnsOf(runs, kind) }));
  const test = nameTest(query.search);
  const found = byKind.flatMap(({ columns }) => columns).filter((one) => (!query.differing || one.differs) && test(one.column));
  const shown = [...found.filter((one) => !isOwn(one)), ...found.filter(isOwn)];
  const most = ({ kind, columns }: (typeof byKind)[number]) => columns.toSorted((a, b) => b.runs - a.runs).slice(0, usualCounts[kind]);
  return {
    total: found.length,
    counts: { metrics: byKind[0]?.columns.length ?? 0, params: byKind[1]?.columns.length ?? 0, tags: byKind[2]?.columns.length ?? 0 },
    columns: shown.slice(query.from, query.from + query.limit),
    usual: byKind.flatMap(most).map(({ column }) => column),
  };
}
