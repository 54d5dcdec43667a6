import { type Entry, folderOf, nameOf } from "./entry.ts";

export interface StepImage {
  readonly path: string;
  readonly step: number;
}
/** As the MLflow client names what `log_image(key=, step=)` writes (mlflow/tracking/client.py, 3.17.2): `key+step+3+timestamp+17...+uuid.png`; older ones use `%`. */
const logged = /^(.+?)([%+])step\2(\d+)\2timestamp\2(\d+)\2[^%+]+\.png$/;

const keyOf = (path: string) => logged.exec(nameOf(path))?.[1];

/** The pictures of a folder that were logged under the same key as this one, by step; none where it was not logged step by step. */
export function sameSeries(path: string, entries: readonly Entry[]): readonly StepImage[] {
  const key = keyOf(path);
  if (key === undefined) return [];
  const found = entries.filter((entry) => !entry.is_dir && folderOf(entry.path) === folderOf(path) && keyOf(entry.path) === key);
  return found
    .map((entry) => ({ path: entry.path, step: Number(logged.exec(nameOf(entry.path))?.[3]) }))
    .toSorted((left, right) => left.step - right.step || left.path.localeCompare(right.path));
}
