import type { ViewType } from "#contracts/mlflow/proto-enum.ts";
import { invalid } from "../errors.ts";
import { type Cell, cellTest } from "../search/match.ts";
import { parseFilter } from "../search/parse-filter.ts";
import { parseOrderBy } from "../search/parse-order-by.ts";
import { type Condition, resolveFilter, resolveOrderBy, type SortKey } from "../search/search-target.ts";
import { contextOf, type DatasetInput, linksOf } from "./links.ts";
import type { RunCell } from "./run-columns.ts";
import type { Search } from "./search-experiments.ts";
import { runTarget } from "./search-targets.ts";
import { linksOfCell } from "./state-segment.ts";

/** Which runs, in which order. */
export type RunSearch = Pick<Search, "filter" | "orderBy" | "viewType">;

/** A condition on one cell of a run. */
export interface CellCondition {
  readonly cell: RunCell;
  readonly test: (cell: Cell) => boolean;
}
export interface RunOrder {
  readonly cell: RunCell;
  readonly ascending: boolean;
}

/** A search that was read and checked. */
export interface RunQuery {
  readonly conditions: readonly CellCondition[];
  /** What the filter says. */
  readonly filter: readonly Condition[];
  /** Ends with the run's id, so that no two runs are alike. */
  readonly order: readonly RunOrder[];
  /** The ids that the conditions leave; undefined when they leave more than they name. */
  readonly named: readonly string[] | undefined;
  /** Equal for equal filters, orders and views. */
  readonly identity: readonly unknown[];
}

const datasetCells: Readonly<Record<string, (input: DatasetInput) => Cell>> = {
  name: ({ dataset }) => dataset.name,
  digest: ({ dataset }) => dataset.digest,
  context: contextOf,
};

/** A run meets a condition on datasets when one of its datasets does. */
function datasetCondition({ key, operator, value }: Condition): CellCondition {
  const test = cellTest(operator, value);
  const cell = Object.hasOwn(datasetCells, key) ? datasetCells[key] : undefined;
  if (!cell) throw invalid(`attribute of datasets must be one of ${Object.keys(datasetCells).join(", ")}, got ${key}`);
  return {
    cell: { entity: "dataset", key: "" },
    test: (links) => typeof links === "string" && linksOf({ links: linksOfCell(links) }).datasets.some((input) => test(cell(input))),
  };
}

function conditionOf(condition: Condition): CellCondition {
  if (condition.entity === "dataset") return datasetCondition(condition);
  return { cell: cellOf(condition), test: cellTest(condition.operator, condition.value) };
}
const cellOf = ({ entity, key }: SortKey | Condition): RunCell => ({
  entity: entity === "metric" || entity === "param" || entity === "tag" ? entity : "attribute",
  key,
});

/** The asked order; then the newest first, unless start times were ordered already; then by id. */
function completed(asked: readonly SortKey[]): readonly SortKey[] {
  const rest = [
    { entity: "attribute", key: "start_time", ascending: false },
    { entity: "attribute", key: "run_id", ascending: true },
  ];
  return [...asked, ...rest.filter(({ key }) => !asked.some((one) => one.entity === "attribute" && one.key === key))];
}

function namedRuns(conditions: readonly Condition[]): readonly string[] | undefined {
  for (const { entity, key, operator, value } of conditions) {
    if (entity !== "attribute" || key !== "run_id") continue;
    if (operator === "=" && value.kind === "string") return [value.text];
    if (operator === "IN" && value.kind === "list") return [...new Set(value.texts)];
  }
  return undefined;
}

function inView(viewType: ViewType): readonly CellCondition[] {
  if (viewType === "ALL") return [];
  const stage = viewType === "ACTIVE_ONLY" ? "active" : "deleted";
  return [{ cell: { entity: "attribute", key: "lifecycle_stage" }, test: (cell) => cell === stage }];
}

/** @throws DomainError that names what a filter or an order may say */
export function runQuery({ filter = "", orderBy = [], viewType }: RunSearch): RunQuery {
  const conditions = resolveFilter(runTarget, parseFilter(filter));
  const order = completed(resolveOrderBy(runTarget, parseOrderBy(orderBy)));
  return {
    conditions: [...inView(viewType), ...conditions.map(conditionOf)],
    order: order.map((key) => ({ cell: cellOf(key), ascending: key.ascending })),
    filter: conditions,
    named: namedRuns(conditions),
    identity: [filter, order, viewType],
  };
}
