import * as z from "zod";
import type { NumericPair, NumericSummary, Step } from "#core/monitoring/profile.ts";
import { rowNumber } from "./drift-columns.ts";
import { type DuckDbSession, identifier } from "./session.ts";

/** Up to this many rows a side, every distinct value is a step and statistics are exact. */
const exactRows = 20_000;
/** Beyond that: so many steps of about equal share. An error of D is at most the share's difference within one step. */
const stepCount = 1024;
/** ... placed by a systematic sample of this many rows a side. */
const sampleRows = 20_000;
/** The outermost values of the sample are steps of their own: a long tail weighs little in D and much in a distance. */
const tailSteps = 40;
/** A column with no more values than this in the sample is taken exactly, however many rows there are. */
const fewValues = 500;

const count = z.union([z.bigint(), z.number()]).transform(Number);
const measured = z
  .number()
  .nullable()
  .transform((value) => value ?? 0);

/** Rows, missing values and moments of every column of a view, in one pass. */
async function summaries(session: DuckDbSession, view: string, names: readonly string[]): Promise<NumericSummary[]> {
  const one = (name: string, k: number) => {
    const column = identifier(name);
    return `count(${column}) AS n${k}, min(${column}) AS min${k}, max(${column}) AS max${k}, avg(${column}) AS mean${k}, stddev_pop(${column}) AS sd${k}`;
  };
  const [row = {}] = await session.rows(`SELECT ${["count(*) AS rows", ...names.map(one)].join(", ")} FROM ${identifier(view)}`);
  const rows = count.parse(row["rows"]);
  return names.map((_name, k) => ({
    rows,
    missing: rows - count.parse(row[`n${k}`]),
    min: measured.parse(row[`min${k}`]),
    max: measured.parse(row[`max${k}`]),
    mean: measured.parse(row[`mean${k}`]),
    sd: measured.parse(row[`sd${k}`]),
  }));
}

/** Every `k`-th row's values of each column, ascending. */
async function sampled(session: DuckDbSession, names: readonly string[], views: readonly (readonly [string, number])[]): Promise<Float64Array[]> {
  const values = names.map((): number[] => []);
  for (const [view, rows] of views) {
    const every = Math.max(1, Math.floor(rows / sampleRows));
    const found = await session.rows(
      `SELECT ${names.map((name, k) => `${identifier(name)} AS c${k}`).join(", ")} FROM ${identifier(view)} WHERE ${rowNumber} % ${every} = 0`,
    );
    for (const row of found)
      names.forEach((_name, k) => {
        const value = row[`c${k}`];
        if (typeof value === "number") values[k]?.push(value);
      });
  }
  return values.map((of) => Float64Array.from(of).sort());
}

/** Ascending upper edges that split the sample evenly, and those of the reference and of everything. */
function edgesOf(sample: Float64Array, reference: NumericSummary, current: NumericSummary): number[] {
  const inner = Array.from({ length: stepCount - 1 }, (_, k) => sample[Math.floor(((k + 1) * sample.length) / stepCount)] ?? reference.max);
  const tails = [...sample.subarray(0, tailSteps), ...sample.subarray(Math.max(0, sample.length - tailSteps))];
  const least = Math.min(reference.min, current.min);
  const most = Math.max(reference.max, current.max);
  const below = current.min < reference.min ? [reference.min - Math.max(Number.MIN_VALUE, Math.abs(reference.min) * Number.EPSILON)] : [];
  return [...new Set([least, ...below, ...inner, ...tails, reference.max, most])].toSorted((a, b) => a - b);
}

async function exactSteps(session: DuckDbSession, name: string): Promise<Step[]> {
  const column = identifier(name);
  const rows = await session.rows(
    `SELECT v, count(*) FILTER (side = 0) AS r, count(*) FILTER (side = 1) AS c
     FROM (SELECT ${column} AS v, 0 AS side FROM reference_rows UNION ALL SELECT ${column}, 1 FROM current_rows)
     WHERE v IS NOT NULL GROUP BY v ORDER BY v`,
  );
  return rows.map((row) => ({ upTo: z.number().parse(row["v"]), reference: count.parse(row["r"]), current: count.parse(row["c"]) }));
}

const Histogram = z.object({ entries: z.array(z.object({ key: z.number(), value: count })) });

/** Counts per step of every column of a view, in one pass. Edges travel as text: number literals would be decimals, and rounded. */
async function stepCounts(session: DuckDbSession, view: string, columns: readonly { readonly name: string; readonly edges: readonly number[] }[]) {
  if (columns.length === 0) return [];
  const one = ({ name, edges }: { readonly name: string; readonly edges: readonly number[] }, k: number) =>
    `histogram(${identifier(name)}, '[${edges.join(", ")}]'::DOUBLE[]) AS h${k}`;
  const [row = {}] = await session.rows(`SELECT ${columns.map(one).join(", ")} FROM ${identifier(view)}`);
  return columns.map((_column, k) => {
    const found = row[`h${k}`];
    return new Map(found === null ? [] : Histogram.parse(found).entries.map(({ key, value }) => [key, value]));
  });
}

/** Both sides of every numeric column: three passes over each file, memory independent of the number of rows. */
export async function numericPairs(session: DuckDbSession, names: readonly string[]): Promise<NumericPair[]> {
  if (names.length === 0) return [];
  const reference = await summaries(session, "reference_rows", names);
  const current = await summaries(session, "current_rows", names);
  const [referenceRows, currentRows] = [reference[0]?.rows ?? 0, current[0]?.rows ?? 0];
  const small = Math.max(referenceRows, currentRows) <= exactRows;
  const views = [
    ["reference_rows", referenceRows],
    ["current_rows", currentRows],
  ] as const;
  const samples = small ? [] : await sampled(session, names, views);
  const columns = names.map((name, k) => {
    const [r, c, sample] = [reference[k], current[k], samples[k]];
    if (!r || !c) throw new TypeError(`no summary of column ${name}`);
    const exact = small || new Set(sample).size <= fewValues;
    return { kind: "numeric" as const, name, exact, reference: r, current: c, edges: exact || !sample ? [] : edgesOf(sample, r, c) };
  });
  const binned = columns.filter(({ exact }) => !exact);
  const inReference = await stepCounts(session, "reference_rows", binned);
  const inCurrent = await stepCounts(session, "current_rows", binned);
  const pairs: NumericPair[] = [];
  for (const { edges, ...column } of columns) {
    const k = binned.findIndex(({ name }) => name === column.name);
    const steps = column.exact
      ? await exactSteps(session, column.name)
      : edges.map((upTo) => ({ upTo, reference: inReference[k]?.get(upTo) ?? 0, current: inCurrent[k]?.get(upTo) ?? 0 }));
    pairs.push({ ...column, steps });
  }
  return pairs;
}
