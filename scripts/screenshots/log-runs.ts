import { experimentsContract } from "#contracts/mlflow/experiments.ts";
import { metricsContract } from "#contracts/mlflow/metrics.ts";
import { runsContract } from "#contracts/mlflow/runs.ts";
import type { Client } from "../demo/client.ts";
import { putFile } from "../demo/put-file.ts";

const runs = 24;
const steps = 200;
const rates = [0.3, 0.1, 0.03, 0.01];
const depths = [2, 4, 8];

/** A learning curve: falls at its rate to a floor that its depth sets, with noise that is the same every time. */
const loss = (run: number, step: number, rate: number, depth: number) =>
  0.9 * Math.exp((-step * rate) / 6) + 0.5 / (depth + 1) + 0.04 * Math.sin(step * 1.7 + run * 2.3) * Math.exp(-step / 120);

/** The files of a run: how often a class was taken for another, and words about it. */
function filesOf(run: number, depth: number): Readonly<Record<string, string>> {
  const wrong = 40 - 4 * depth + (run % 5);
  return {
    "confusion_matrix.json": JSON.stringify({
      labels: ["stays", "leaves"],
      matrix: [
        [412 - wrong, wrong],
        [wrong + 9, 171 - wrong],
      ],
    }),
    "summary.md": `# Boosting, run ${run + 1}\n\nTrees of depth ${depth}; ${2 * wrong + 9} of 592 customers taken for the other kind.\n`,
  };
}

/** Logs an experiment of small trainings, for pages that show many runs. @returns its id */
export async function logRuns(api: Client): Promise<string> {
  const { experiment_id } = await api.call(experimentsContract, "createExperiment", { name: "churn-boosting" });
  const began = Date.now() - runs * 60_000;
  for (let run = 0; run < runs; run += 1) {
    const start_time = began + run * 60_000;
    const [rate = 0.1, depth = 4] = [rates[run % rates.length], depths[run % depths.length]];
    const created = await api.call(runsContract, "createRun", { experiment_id, run_name: `boosting-${run + 1}`, start_time });
    const { run_id } = created.run.info;
    const metrics = Array.from({ length: steps }, (_, step) => {
      const value = loss(run, step, rate, depth);
      const at = { timestamp: start_time + step * 200, step };
      return [
        { key: "train/loss", value, ...at },
        { key: "val/loss", value: value * 1.1 + 0.0004 * step * rate, ...at },
        { key: "val/auc", value: 1 - value / 2.2, ...at },
      ];
    }).flat();
    await api.call(metricsContract, "logBatch", { run_id, metrics });
    const params = { learning_rate: rate, depth, rounds: steps, seed: run };
    await api.call(metricsContract, "logBatch", { run_id, params: Object.entries(params).map(([key, value]) => ({ key, value: String(value) })) });
    for (const [name, text] of Object.entries(filesOf(run, depth))) await putFile(api, created.run.info.artifact_uri, name, text);
    const status = run === runs - 1 ? "RUNNING" : run % 9 === 4 ? "FAILED" : "FINISHED";
    await api.call(runsContract, "updateRun", { run_id, status, ...(status !== "RUNNING" && { end_time: start_time + steps * 200 }) });
  }
  return experiment_id;
}
