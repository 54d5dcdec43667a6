import { inFilter, isAttribute, isMetric, keyOf } from "./column-names.ts";
import type { TableState } from "./table-state.ts";

/** A text as Python writes it; JSON's way is a part of Python's. */
const text = (value: string) => JSON.stringify(value);
const list = (values: readonly string[]) => `[${values.map(text).join(", ")}]`;

const frameNames: Readonly<Record<string, string>> = { "attributes.run_name": "tags.mlflow.runName", "attributes.user_id": "tags.mlflow.user" };
/** A column's name in the data frame that search_runs returns. */
const inFrame = (column: string) => frameNames[column] ?? (isAttribute(column) ? keyOf(column) : column);

/** MLflow's order for a view; groups are ordered afterwards. */
export const orderTexts = (order: TableState["order"]): readonly string[] =>
  order.map(({ column, descending }) => `${inFilter(column)} ${descending ? "DESC" : "ASC"}`);

interface Shown {
  readonly url: string;
  readonly experimentId: string;
  readonly state: Pick<TableState, "filter" | "order" | "trash" | "group">;
  readonly columns: readonly string[];
}

function grouped({ state: { group }, columns }: Shown): string {
  const metrics = columns.filter(isMetric).map(inFrame);
  return `runs = runs.groupby(${list(group)}, dropna=False)[${list(metrics)}].agg(["mean", "min", "max", "count"])\n`;
}

/** Python that reads the same runs, in the same order and with the same columns, by MLflow's own client. */
export function pythonOf(shown: Shown): string {
  const { url, experimentId, state, columns } = shown;
  const frame = ["run_id", ...columns.filter((column) => column !== "attributes.duration" && column !== "attributes.run_id").map(inFrame)];
  const isGrouped = state.group.length > 0 && columns.some(isMetric);
  return `import mlflow
from mlflow.entities import ViewType

mlflow.set_tracking_uri(${text(url)})
runs = mlflow.search_runs(
    experiment_ids=${list([experimentId])},
    filter_string=${text(state.filter)},
    run_view_type=ViewType.${state.trash ? "DELETED_ONLY" : "ACTIVE_ONLY"},
    order_by=${list(orderTexts(state.order))},
)
runs = runs.reindex(columns=${list([...new Set([...frame, ...(isGrouped ? state.group : [])])])})
${isGrouped ? grouped(shown) : ""}`;
}
