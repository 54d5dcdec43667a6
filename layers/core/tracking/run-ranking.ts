import { type CellColumn, cellAt, rowTest } from "../search/columns.ts";
import { ranked } from "../search/rank.ts";
import type { SortRow } from "../search/sort.ts";
import { type RunSegment, runColumns } from "./run-columns.ts";
import type { RunQuery } from "./run-query.ts";

/** Runs of several segments, numbered through: a run's place is its segment's offset and its row. */
export interface Places {
  readonly segments: readonly RunSegment[];
  readonly offsets: readonly number[];
}
export interface Place {
  readonly runs: RunSegment;
  readonly index: number;
  readonly row: number;
}

export function placesOf(segments: readonly RunSegment[]): Places {
  let next = 0;
  const offsets = segments.map(({ segment }) => {
    next += segment.ids.length;
    return next - segment.ids.length;
  });
  return { segments, offsets };
}

export function placeAt({ segments, offsets }: Places, place: number): Place {
  let [low, high] = [0, offsets.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((offsets[middle] ?? 0) <= place) low = middle;
    else high = middle - 1;
  }
  const runs = segments[low];
  if (!runs) throw new RangeError(`no run at ${place}`);
  return { runs, index: low, row: place - (offsets[low] ?? 0) };
}

/** The runs that meet a query. */
export interface Ranking {
  /** Their places, ascending. */
  readonly matched: Int32Array;
  /** Their places in the query's order: all, or the first ones. */
  readonly sorted: Int32Array;
}

/** The columns that a query sorts by, for each segment. */
export type OrderColumns = readonly (readonly (CellColumn | undefined)[])[];
export const orderColumns = ({ segments }: Places, { order }: RunQuery): Promise<OrderColumns> =>
  Promise.all(
    segments.map((runs) =>
      runColumns(
        runs,
        order.map(({ cell }) => cell),
      ),
    ),
  );

export function sortRowAt(places: Places, columns: OrderColumns, place: number): SortRow {
  const { index, row } = placeAt(places, place);
  return (columns[index] ?? []).map((column) => cellAt(column, row));
}

/** The rows of one segment that meet every condition, one condition after the other. */
async function matchesIn(runs: RunSegment, { conditions }: RunQuery): Promise<readonly number[]> {
  const columns = await runColumns(
    runs,
    conditions.map(({ cell }) => cell),
  );
  const { ids, outdated } = runs.segment;
  let rows: number[] = [];
  for (let row = 0; row < ids.length; row++) if (outdated?.[row] !== 1) rows.push(row);
  for (const [index, { test }] of conditions.entries()) {
    if (rows.length === 0) return rows;
    rows = rows.filter(rowTest(columns[index], test));
  }
  return rows;
}

/** @param limit how many of them must be in order */
export async function rank(places: Places, query: RunQuery, limit: number): Promise<Ranking> {
  const [found, columns] = await Promise.all([Promise.all(places.segments.map((runs) => matchesIn(runs, query))), orderColumns(places, query)]);
  const matched = Int32Array.from(found.flatMap((rows, index) => rows.map((row) => (places.offsets[index] ?? 0) + row)));
  const keys = query.order.map(({ ascending }, key) => ({
    ascending,
    cells: found.flatMap((rows, index) => {
      const column = columns[index]?.[key];
      return rows.map((row) => cellAt(column, row));
    }),
  }));
  return { matched, sorted: Int32Array.from(ranked(matched.length, keys, limit), (index) => matched[index] ?? 0) };
}
