import type { MonitoredFeature } from "#contracts/platform/monitors.ts";
import type { WindowPair } from "#core/monitoring/profile.ts";
import { categoricalPairs } from "./drift-categories.ts";
import { columnsOf, comparedColumns, createView } from "./drift-columns.ts";
import { correlations, rowCounts } from "./drift-joint.ts";
import { numericPairs } from "./drift-numeric.ts";
import type { DuckDbSession } from "./session.ts";

/**
 * Everything that the drift rules need of two Parquet files, counted in SQL: a fixed number of passes, memory independent of the rows.
 * @param features the columns to compare; null for all of the reference's, by their types
 */
export async function profileWindows(
  session: DuckDbSession,
  files: { readonly reference: string; readonly current: string },
  features: readonly MonitoredFeature[] | null,
): Promise<WindowPair> {
  const choice = comparedColumns(await columnsOf(session, files.reference), await columnsOf(session, files.current), features);
  await createView(session, "reference_rows", files.reference, choice.compared);
  await createView(session, "current_rows", files.current, choice.compared);
  const namesOf = (type: MonitoredFeature["type"]) => choice.compared.filter((feature) => feature.type === type).map(({ name }) => name);
  const numeric = await numericPairs(session, namesOf("numeric"));
  const categorical = await categoricalPairs(session, namesOf("categorical"));
  const compared = [...numeric, ...categorical].filter(({ kind }) => kind !== "skipped").map(({ name }) => name);
  const reference = await rowCounts(session, "reference_rows", compared);
  const current = await rowCounts(session, "current_rows", compared);
  return {
    reference,
    current,
    columns: [...numeric, ...categorical, ...choice.skipped.map(({ name, reason }) => ({ kind: "skipped" as const, name, reason }))],
    correlations: await correlations(session, namesOf("numeric"), { reference: reference.rows, current: current.rows }),
    missingColumns: choice.missing,
    extraColumns: choice.extra,
  };
}
