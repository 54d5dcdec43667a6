import type { Point } from "./points.ts";

/** What a point of a logged model's metric says beside its value. */
export interface PointLabels {
  /** The run that logged it. */
  readonly runId: string;
  readonly datasetName?: string;
  readonly datasetDigest?: string;
}

/** Not allowed in keys, names and ids that clients send. */
const separator = "\u0000";

/** A logged model keeps one series for each metric, run and dataset: the labels are part of the key that its record holds. */
export const labelledKey = (key: string, { runId, datasetName = "", datasetDigest = "" }: PointLabels): string =>
  [key, runId, datasetName.replaceAll(separator, ""), datasetDigest.replaceAll(separator, "")].join(separator);

/** A point of a logged model's record as it was logged. */
export function readLabelled({ key, ...point }: Point): { readonly point: Point; readonly labels: PointLabels } {
  const [name = "", runId = "", datasetName = "", datasetDigest = ""] = key.split(separator);
  return { point: { ...point, key: name }, labels: { runId, ...(datasetName && { datasetName }), ...(datasetDigest && { datasetDigest }) } };
}
