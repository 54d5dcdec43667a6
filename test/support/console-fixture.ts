import { experimentsContract } from "#contracts/mlflow/experiments.ts";
import { metricsContract } from "#contracts/mlflow/metrics.ts";
import { runsContract } from "#contracts/mlflow/runs.ts";
import type { Client } from "../../scripts/demo/client.ts";

/** How large an experiment is to be. */
export interface FixtureShape {
  readonly name: string;
  readonly runs: number;
  /** Of each run. */
  readonly metrics: number;
  /** Different metrics over all runs. @default metrics */
  readonly differentMetrics?: number;
  readonly steps: number;
  readonly params: number;
  readonly tags: number;
}

/** Wide: 1,500 runs of 1,500 metrics with 20 steps each, 150 params and 50 tags. Usual: 1,500 runs of 100 columns, 20 steps of each metric. Many: 12,000 metrics, 300 in each run. */
export const fixtureShapes = {
  usual: { name: "usual", runs: 1500, metrics: 80, steps: 20, params: 15, tags: 5 },
  wide: { name: "wide", runs: 1500, metrics: 1500, steps: 20, params: 150, tags: 50 },
  many: { name: "many", runs: 400, metrics: 300, differentMetrics: 12_000, steps: 1, params: 10, tags: 5 },
} as const satisfies Readonly<Record<string, FixtureShape>>;

const groups = ["train", "val", "test", "system"];
const metricName = (index: number) => `${groups[index % groups.length] ?? ""}/metric_${String(index).padStart(5, "0")}`;
/** The same in every fixture: a fraction that depends on both numbers and on nothing else. */
const fraction = (a: number, b: number) => ((Math.imul(a + 1, 2_654_435_761) ^ Math.imul(b + 7, 1_597_334_677)) >>> 0) / 2 ** 32;

type Entry = { readonly key: string; readonly value: string };
type Point = { readonly key: string; readonly value: number; readonly timestamp: number; readonly step: number };

function pointsOf({ metrics, differentMetrics = metrics, steps }: FixtureShape, run: number): Point[] {
  const first = (run * metrics) % differentMetrics;
  const keys = Array.from({ length: metrics }, (_, index) => (first + index) % differentMetrics);
  return keys.flatMap((key) =>
    Array.from({ length: steps }, (_, step) => ({ key: metricName(key), value: fraction(run, key) / (step + 1), timestamp: 1_700_000_000_000 + step, step })),
  );
}
const entries = (name: string, count: number, run: number): Entry[] =>
  Array.from({ length: count }, (_, index) => ({ key: `${name}_${index}`, value: String(Math.floor(fraction(run, index) * (index + 2))) }));

function* batches<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}

async function logRun(api: Client, experiment_id: string, shape: FixtureShape, run: number): Promise<string> {
  const start_time = 1_700_000_000_000 + run * 60_000;
  const created = await api.call(runsContract, "createRun", { experiment_id, run_name: `${shape.name}-${run}`, start_time });
  const { run_id } = created.run.info;
  const points = [...batches(pointsOf(shape, run), 1000)];
  const params = [...batches(entries("param", shape.params, run), 100)];
  const tags = [...batches(entries("tag", shape.tags, run), 100)];
  for (const metrics of points) await api.call(metricsContract, "logBatch", { run_id, metrics: [...metrics] });
  for (const some of params) await api.call(metricsContract, "logBatch", { run_id, params: [...some] });
  for (const some of tags) await api.call(metricsContract, "logBatch", { run_id, tags: [...some] });
  await api.call(runsContract, "updateRun", { run_id, status: run % 50 === 0 ? "FAILED" : "FINISHED", end_time: start_time + 30_000 });
  return run_id;
}

/** Logs an experiment of a shape through the platform's HTTP API, eight runs at a time. Values are the same every time. */
export async function logFixture(api: Client, shape: FixtureShape): Promise<{ readonly experimentId: string; readonly runIds: readonly string[] }> {
  const { experiment_id: experimentId } = await api.call(experimentsContract, "createExperiment", { name: shape.name });
  const runIds: string[] = [];
  let next = 0;
  const work = async () => {
    while (next < shape.runs) {
      const run = next++;
      runIds[run] = await logRun(api, experimentId, shape, run);
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  return { experimentId, runIds };
}
