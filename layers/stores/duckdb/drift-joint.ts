import * as z from "zod";
import type { CorrelationPair } from "#core/monitoring/profile.ts";
import { rowNumber } from "./drift-columns.ts";
import { type DuckDbSession, identifier } from "./session.ts";

/** Correlations are taken of the first columns only: their number grows with the square. */
const maxColumns = 30;
/** ... and of every k-th row beyond this many: the standard error is 0.002 by then. */
const maxRows = 250_000;

const count = z.union([z.bigint(), z.number()]).transform(Number);
const pairsOf = (names: readonly string[]) => names.slice(0, maxColumns).flatMap((a, k) => names.slice(k + 1, maxColumns).map((b) => [a, b] as const));

async function correlationsOf(session: DuckDbSession, view: string, rows: number, pairs: readonly (readonly [string, string])[]) {
  const one = ([a, b]: readonly [string, string], k: number) =>
    `corr(${identifier(a)}, ${identifier(b)}) AS r${k}, regr_count(${identifier(a)}, ${identifier(b)}) AS n${k}`;
  const every = Math.max(1, Math.ceil(rows / maxRows));
  const [row = {}] = await session.rows(`SELECT ${pairs.map(one).join(", ")} FROM ${identifier(view)} WHERE ${rowNumber} % ${every} = 0`);
  return pairs.map((_pair, k) => {
    const r = row[`r${k}`];
    return { r: typeof r === "number" && Number.isFinite(r) ? r : 0, n: count.parse(row[`n${k}`]) };
  });
}

/** Pearson correlation of every pair of numeric columns on both sides; 0 where a column is constant. */
export async function correlations(session: DuckDbSession, names: readonly string[], rows: { readonly reference: number; readonly current: number }) {
  const pairs = pairsOf(names);
  if (pairs.length === 0) return [];
  const reference = await correlationsOf(session, "reference_rows", rows.reference, pairs);
  const current = await correlationsOf(session, "current_rows", rows.current, pairs);
  const none = { r: 0, n: 0 };
  return pairs.map(([a, b], k): CorrelationPair => ({ a, b, reference: reference[k] ?? none, current: current[k] ?? none }));
}

/** Rows, and how many of them equal an earlier one in every compared column (by 64-bit hash). */
export async function rowCounts(session: DuckDbSession, view: string, names: readonly string[]) {
  const distinct = names.length === 0 ? "count(*)" : `count(DISTINCT hash(${names.map(identifier).join(", ")}))`;
  const [row = {}] = await session.rows(`SELECT count(*) AS rows, ${distinct} AS distinct_rows FROM ${identifier(view)}`);
  const rows = count.parse(row["rows"]);
  return { rows, duplicateRows: rows - count.parse(row["distinct_rows"]) };
}
