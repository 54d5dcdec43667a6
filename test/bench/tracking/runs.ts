import { get, post, type Subject } from "./subject.ts";

/** A run of the searched experiment. */
interface BenchRun {
  readonly name: string;
  readonly startTime: number;
  readonly metrics: Readonly<Record<string, number>>;
  readonly params: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

const epoch = 1_763_700_000_000;
const rates = ["0.1", "0.01", "0.001", "0.3"];
/** Evenly spread in [0, 1), the same at each run of the bench. */
const spread = (index: number, step: number) => (index * step) % 1;

/** Runs with 5 metrics, 3 params and 2 tags: what a small training script logs. */
export const benchRuns = (count: number): readonly BenchRun[] =>
  Array.from({ length: count }, (_, index) => ({
    name: `run-${index}`,
    startTime: epoch + index * 1_000,
    metrics: {
      acc: spread(index, 0.618_033_988_7),
      loss: spread(index, 0.414_213_562_3),
      auc: spread(index, 0.732_050_807_5),
      f1: spread(index, 0.236_067_977_5),
      val_loss: spread(index, 0.645_751_311),
    },
    params: { lr: rates[index % rates.length] ?? "", batch_size: String(32 * (1 + (index % 4))), seed: String(index) },
    tags: { "mlflow.user": "bench", "mlflow.source.name": "train.py" },
  }));

export const history = { key: "train/loss", points: 100_000, startTime: epoch } as const;

/** Most points, params and tags of one log-batch. */
const batch = 1_000;
const writers = 16;
const entries = <V>(values: Readonly<Record<string, V>>) => Object.entries(values).map(([key, value]) => ({ key, value }));

async function logRun(server: { readonly url: string }, experimentId: string, run: BenchRun): Promise<string> {
  const created = await post(server, "runs/create", {
    experiment_id: experimentId,
    run_name: run.name,
    start_time: run.startTime,
    user_id: "bench",
    tags: entries(run.tags),
  });
  const runId = created.run?.info.run_id ?? "";
  const metrics = entries(run.metrics).map((metric) => ({ ...metric, timestamp: run.startTime, step: 1 }));
  await post(server, "runs/log-batch", { run_id: runId, metrics, params: entries(run.params) });
  return runId;
}

/** Logs the runs and the long history as any client would, several at a time. */
export async function logRuns(server: { readonly url: string; readonly pid: number }, runs: readonly BenchRun[]): Promise<Subject> {
  const experimentId = (await post(server, "experiments/create", { name: "bench" })).experiment_id ?? "";
  const emptyId = (await post(server, "experiments/create", { name: "bench-empty" })).experiment_id ?? "";
  const pending = runs.values();
  const logged: string[] = [];
  const write = async () => {
    for (const run of pending) logged.push(await logRun(server, experimentId, run));
  };
  await Promise.all(Array.from({ length: writers }, write));
  const historyRunId = logged[0] ?? "";
  for (let first = 0; first < history.points; first += batch) {
    const metrics = Array.from({ length: batch }, (_, index) => {
      const step = first + index;
      return { key: history.key, value: ((step * 7919) % 10_007) / 10_007, timestamp: history.startTime + step, step };
    });
    await post(server, "runs/log-batch", { run_id: historyRunId, metrics });
  }
  return { ...server, experimentId, emptyId, historyRunId };
}

/** Runs of their own for each connection of a write bench. */
export const newRuns = (subject: Subject, count: number): Promise<readonly string[]> =>
  Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const created = await post(subject, "runs/create", { experiment_id: subject.emptyId, run_name: `writer-${index}`, start_time: epoch });
      return created.run?.info.run_id ?? "";
    }),
  );

/** Fails the bench unless a side holds what the measurements suppose. */
export async function checkFilled(subject: Subject, runs: number): Promise<void> {
  const page = await post(subject, "runs/search", { experiment_ids: [subject.experimentId], max_results: runs });
  let found = page.runs?.length ?? 0;
  for (let token = page.next_page_token; token !== undefined && token !== ""; ) {
    const next = await post(subject, "runs/search", { experiment_ids: [subject.experimentId], max_results: runs, page_token: token });
    found += next.runs?.length ?? 0;
    token = next.next_page_token;
  }
  const first = await get(subject, "metrics/get-history", { run_id: subject.historyRunId, metric_key: history.key, max_results: "10" });
  if (found !== runs || first.metrics?.length !== 10) throw new Error(`${subject.url} should hold ${runs} runs and a history, it holds ${found}`);
}
