import { measureLoad } from "../load/measure-load.ts";
import type { Figure } from "../measurement.ts";
import { newRuns } from "./runs.ts";
import type { Subject } from "./subject.ts";

export const writers = 8;
const operation = ({ url }: Subject, name: string) => `${url}/api/2.0/mlflow/runs/${name}`;

/** log_metric calls a second, each connection on a run of its own. */
export async function logMetric(subject: Subject, seconds: number, keepAlive: boolean): Promise<Figure> {
  const body = '{"run_id":"{{value}}","key":"loss","value":0.{{n}},"timestamp":1763700000000,"step":{{n}}}';
  const values = await newRuns(subject, writers);
  return measureLoad({ url: operation(subject, "log-metric"), connections: writers, seconds, keepAlive, body, values }, subject.pid);
}

/** create_run calls a second, with 2 tags. */
export function createRun(subject: Subject, seconds: number, keepAlive: boolean): Promise<Figure> {
  const tags = [
    { key: "mlflow.user", value: "bench" },
    { key: "mlflow.source.name", value: "train.py" },
  ];
  const body = JSON.stringify({ experiment_id: subject.emptyId, run_name: "run-{{n}}", start_time: 1_763_700_000_000, user_id: "bench", tags });
  return measureLoad({ url: operation(subject, "create"), connections: writers, seconds, keepAlive, body }, subject.pid);
}

/** Points a second by log_batch calls of 1,000 points, each connection on a run of its own. @param keys over which a call's points are spread */
export async function logBatch(subject: Subject, seconds: number, keys: number): Promise<Figure> {
  const points = Array.from({ length: 1_000 }, (_, index) => {
    const key = keys === 1 ? "loss" : `layer${index % keys}/weight_norm`;
    return `{"key":"${key}","value":0.${index}{{n}},"timestamp":1763700000000,"step":{{n}}${String(index).padStart(3, "0")}}`;
  });
  const body = `{"run_id":"{{value}}","metrics":[${points.join(",")}]}`;
  const values = await newRuns(subject, writers);
  const figure = await measureLoad({ url: operation(subject, "log-batch"), connections: writers, seconds, body, values }, subject.pid);
  return { ...figure, value: figure.value * 1_000, ...(figure.perCore !== undefined && { perCore: figure.perCore * 1_000 }) };
}
