import type { Cell } from "../../search/match.ts";
import { getExperiment } from "../experiments.ts";
import type { RunsContext } from "../open-runs.ts";
import type { RunCell } from "../run-columns.ts";
import { type RunQuery, type RunSearch, runQuery } from "../run-query.ts";
import { cellsOf, selectRuns } from "../select-runs.ts";

/** The runs of an experiment that meet a filter, in its order; their cells are read column by column. */
export interface Sheet {
  /** The runs' ids, by row. */
  readonly ids: readonly string[];
  readonly query: RunQuery;
  /** Cells by row, in the order of the columns. @param rows @default all */
  readonly read: (columns: readonly RunCell[], rows?: readonly number[]) => Promise<readonly (readonly Cell[])[]>;
}

/** @throws DomainError for an unknown experiment, and for a filter or order that is not understood */
export async function openSheet(ctx: RunsContext, experimentId: string, search: RunSearch): Promise<Sheet> {
  const query = runQuery(search);
  const [selection] = await Promise.all([selectRuns(ctx, [experimentId], query), getExperiment(ctx, experimentId)]);
  const selected = await selection.take(Number.MAX_SAFE_INTEGER);
  return {
    ids: selected.map(({ runs, row }) => runs.segment.ids[row] ?? ""),
    query,
    read(columns, rows) {
      if (columns.length === 0) return Promise.resolve((rows ?? selected).map(() => []));
      return cellsOf(rows ? rows.flatMap((row) => selected[row] ?? []) : selected, columns);
    },
  };
}
