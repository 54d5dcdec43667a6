import { number } from "../parts/format.ts";
import { plain, type Run } from "./wire.ts";

/** A column of logged values: `metrics.loss`, `params.depth`, `tags.team`, as a filter string names it without quotes. */
export type ValueColumn = `${"metrics" | "params" | "tags"}.${string}`;
const firstShown = { metrics: 5, params: 4 } as const;

const keysOf = (runs: readonly Run[], kind: "metrics" | "params" | "tags"): readonly string[] =>
  [...new Set(runs.flatMap(({ data }) => (data[kind] ?? []).map(({ key }) => key)))].filter((key) => !key.startsWith("mlflow.")).toSorted();

/** Every column that these runs have values for. */
export const valueColumns = (runs: readonly Run[]): readonly ValueColumn[] =>
  (["metrics", "params", "tags"] as const).flatMap((kind) => keysOf(runs, kind).map((key) => `${kind}.${key}` as const));

/** The columns that show until somebody chooses: a few metrics and params. */
export const usualColumns = (runs: readonly Run[]): readonly ValueColumn[] =>
  (["metrics", "params"] as const).flatMap((kind) =>
    keysOf(runs, kind)
      .slice(0, firstShown[kind])
      .map((key) => `${kind}.${key}` as const),
  );

/** What a run holds in a column, as text; undefined where it logged none. */
export function valueIn({ data }: Run, column: ValueColumn): string | undefined {
  const dot = column.indexOf(".");
  const [kind, key] = [column.slice(0, dot), column.slice(dot + 1)];
  if (kind === "metrics") {
    const metric = data.metrics?.find((one) => one.key === key);
    return metric && number(metric.value);
  }
  return data[kind === "params" ? "params" : "tags"]?.find((one) => one.key === key)?.value;
}

/** `metrics.`val loss` DESC`: the order that a click on a heading asks for. */
export const orderBy = (column: string, isDescending: boolean): string => {
  const dot = column.indexOf(".");
  const quoted = dot < 0 ? `attributes.${column}` : `${column.slice(0, dot)}.\`${column.slice(dot + 1)}\``;
  return `${quoted} ${isDescending ? "DESC" : "ASC"}`;
};

/** How long a run took, or has taken so far, in milliseconds. */
export const runTime = ({ info }: Run): number => plain(info.end_time ?? Date.now()) - plain(info.start_time);
