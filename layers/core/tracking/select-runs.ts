import { cellAt } from "../search/columns.ts";
import type { Cell } from "../search/match.ts";
import { compareRows, type SortRow } from "../search/sort.ts";
import type { Experiment } from "./experiment.ts";
import { type OpenedRuns, openRuns, type RunSearchContext } from "./open-runs.ts";
import { type Run, runOf } from "./run.ts";
import { type RunCell, type RunSegment, runColumns } from "./run-columns.ts";
import type { RunQuery } from "./run-query.ts";
import { type OrderColumns, orderColumns, type Place, type Places, placeAt, placesOf, type Ranking, rank, sortRowAt } from "./run-ranking.ts";

/** A run that a selection found: its segment, and its row there. */
export type SelectedRun = Pick<Place, "runs" | "row">;

/**
 * Runs that meet a query, in its order. Nothing of them has been read but the columns of filter and order: take as many as are shown,
 * then ask for the columns that are shown ({@link cellsOf}) or for whole runs ({@link wholeRuns}).
 */
export interface RunSelection {
  /** Those of the experiments that are there. */
  readonly experiments: readonly Experiment[];
  /** How many runs meet the query. */
  count(): Promise<number>;
  /** The first `limit` runs, of all or of those behind a row of sort keys. */
  take(limit: number, after?: SortRow): Promise<readonly SelectedRun[]>;
  /** A run's sort keys. */
  sortRow(run: SelectedRun): Promise<SortRow>;
}

const everything = Number.MAX_SAFE_INTEGER;

function replacedPlaces(opened: readonly OpenedRuns[], { offsets }: Places): ReadonlySet<number> {
  const places = new Set<number>();
  let first = 0;
  for (const { view } of opened) {
    for (const [segment, row] of view.replaced) places.add((offsets[first + segment] ?? 0) + row);
    first += view.packed.length;
  }
  return places;
}

/** The index of the first that passes, where all behind one that passes do. */
function firstPassing(places: Int32Array, passes: (place: number) => boolean): number {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (passes(places[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Ranked runs of one side, packed or live, from behind a row of sort keys on. */
function* following(places: Places, { sorted }: Ranking, columns: OrderColumns, isBehind: ((row: SortRow) => boolean) | undefined): Generator<number> {
  const from = isBehind ? firstPassing(sorted, (place) => isBehind(sortRowAt(places, columns, place))) : 0;
  yield* sorted.subarray(from);
}

/** Runs of experiments that meet a query. Unknown experiments have none. */
export async function selectRuns(ctx: RunSearchContext, experimentIds: readonly string[], query: RunQuery): Promise<RunSelection> {
  const opened = await openRuns(ctx, experimentIds, query.named);
  const packed = placesOf(opened.flatMap(({ experiment, view }) => view.packed.map((segment): RunSegment => ({ experiment, segment }))));
  const live = placesOf(opened.map(({ experiment, view }): RunSegment => ({ experiment, segment: view.live })));
  const replaced = replacedPlaces(opened, packed);
  const key = JSON.stringify([opened.map(({ experiment: { experimentId, stage, epoch }, view }) => [experimentId, stage, epoch, view.stamp]), query.identity]);
  const compare = compareRows(query.order.map(({ ascending }) => ascending));
  const liveRanking = await rank(live, query, everything);

  async function packedRanking(limit: number): Promise<Ranking> {
    const known = ctx.rankings.get(key);
    if (known && known.sorted.length >= Math.min(limit, known.matched.length)) return known;
    const ranking = await rank(packed, query, limit);
    if (packed.segments.length > 0) ctx.rankings.put(key, ranking, 200 + ranking.matched.byteLength + ranking.sorted.byteLength);
    return ranking;
  }
  return {
    experiments: opened.map(({ experiment }) => experiment),
    async count() {
      const { matched } = await packedRanking(0);
      return liveRanking.matched.length + (replaced.size === 0 ? matched.length : matched.filter((place) => !replaced.has(place)).length);
    },
    async take(limit, after) {
      const [ranking, ofPacked, ofLive] = await Promise.all([
        packedRanking(after ? everything : limit + replaced.size),
        orderColumns(packed, query),
        orderColumns(live, query),
      ]);
      const isBehind = after && ((row: SortRow) => compare(row, after) > 0);
      const written = following(live, liveRanking, ofLive, isBehind);
      const taken: SelectedRun[] = [];
      let next = written.next();
      const takeLive = () => {
        if (next.done !== true) taken.push(placeAt(live, next.value));
        next = written.next();
      };
      for (const place of following(packed, ranking, ofPacked, isBehind)) {
        if (replaced.has(place)) continue;
        const row = next.done === true ? [] : sortRowAt(packed, ofPacked, place);
        while (taken.length < limit && next.done !== true && compare(sortRowAt(live, ofLive, next.value), row) < 0) takeLive();
        if (taken.length >= limit) break;
        taken.push(placeAt(packed, place));
      }
      while (taken.length < limit && next.done !== true) takeLive();
      return taken;
    },
    async sortRow({ runs, row }) {
      const columns = await runColumns(
        runs,
        query.order.map(({ cell }) => cell),
      );
      return columns.map((column) => cellAt(column, row));
    },
  };
}

/** The selected runs with their indices, together by the segment that holds them. */
const bySegment = (selected: readonly SelectedRun[]) =>
  Map.groupBy(
    selected.map(({ runs, row }, index) => ({ runs, row, index })),
    ({ runs }) => runs,
  );

/** For each selected run its cells of `columns`, in that order: only these columns are loaded, and only of blocks that hold such a run. */
export async function cellsOf(selected: readonly SelectedRun[], columns: readonly RunCell[]): Promise<readonly (readonly Cell[])[]> {
  const cells: Cell[][] = selected.map(() => []);
  await Promise.all(
    [...bySegment(selected)].map(async ([runs, members]) => {
      const found = await runColumns(runs, columns);
      for (const { row, index } of members) cells[index] = found.map((column) => cellAt(column, row));
    }),
  );
  return cells;
}

/** The selected runs as a whole. */
export async function wholeRuns(selected: readonly SelectedRun[]): Promise<readonly Run[]> {
  const whole: Run[] = [];
  await Promise.all(
    [...bySegment(selected)].map(async ([{ experiment, segment }, members]) => {
      const states = await segment.states(members.map(({ row }) => row));
      for (const [at, { row, index }] of members.entries()) {
        const state = states[at];
        if (state) whole[index] = runOf(experiment, segment.ids[row] ?? "", state);
      }
    }),
  );
  return whole;
}
