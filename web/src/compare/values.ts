import { plain, type Run } from "../experiments/wire.ts";

export const kinds = ["metrics", "params", "tags", "environment"] as const;
type Kind = (typeof kinds)[number];
/** What runs are compared in: `metrics.loss`, `params.depth`, `tags.team`, `environment.source`. */
export type ValueName = `${Kind}.${string}`;
export type Value = number | string;

/** A run as it is compared: every value under its name. */
export interface ComparedRun {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly experimentId: string;
  readonly values: ReadonlyMap<ValueName, Value>;
}

/** Tags that MLflow's clients set about where and with what a run was made. */
const environment = /^mlflow\.(source\.|git|gitRepoURL|user|project\.|docker|databricks\.|env)/;
/** What MLflow keeps of a run for itself. */
const hidden = /^(mlflow\.|capstan\.)/;

function tagName(key: string): ValueName | undefined {
  if (environment.test(key)) return `environment.${key.slice("mlflow.".length)}`;
  return hidden.test(key) ? undefined : `tags.${key}`;
}

/** The values of a run. A metric is its last value; NaN and the infinities stay what they are. */
export function comparedRun({ info, data, inputs }: Run): ComparedRun {
  const values = new Map<ValueName, Value>();
  for (const { key, value } of data.metrics ?? []) values.set(`metrics.${key}`, Number(value));
  for (const { key, value } of data.params ?? []) values.set(`params.${key}`, value);
  for (const { key, value } of data.tags ?? []) {
    const name = tagName(key);
    if (name) values.set(name, value);
  }
  if (info.user_id) values.set("environment.user", info.user_id);
  for (const { dataset } of inputs.dataset_inputs ?? []) values.set(`environment.dataset ${dataset.name}`, dataset.digest);
  if (info.end_time !== undefined) values.set("environment.seconds", (plain(info.end_time) - plain(info.start_time)) / 1000);
  return { id: info.run_id, name: info.run_name || info.run_id, status: info.status, experimentId: info.experiment_id, values };
}

/** Every name that any run has a value for: metrics, params, tags, environment, each by name. */
export function namesOf(runs: readonly ComparedRun[]): readonly ValueName[] {
  const all = [...new Set(runs.flatMap(({ values }) => [...values.keys()]))];
  const place = (name: ValueName) => kinds.findIndex((kind) => name.startsWith(`${kind}.`));
  return all.toSorted((left, right) => place(left) - place(right) || left.localeCompare(right, "en", { numeric: true }));
}

/** Whether the runs do not all have the same value; a missing one differs from any. */
export const differs = (runs: readonly ComparedRun[], name: ValueName): boolean => new Set(runs.map(({ values }) => values.get(name))).size > 1;

/** A value as a number, where it reads as one. */
export function numberIn(value: Value | undefined): number | undefined {
  if (value === undefined || value === "") return undefined;
  const read = typeof value === "number" ? value : Number(value);
  return Number.isNaN(read) && String(value).toLowerCase() !== "nan" ? undefined : read;
}
