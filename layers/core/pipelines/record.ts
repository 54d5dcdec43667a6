import type { Recorded } from "#contracts/platform/pipeline-tasks.ts";
import type { DatasetInput } from "../tracking/links.ts";
import type { Batch } from "../tracking/log-batch.ts";

const text = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
const jsonLength = 65_535;

/** What a training step leaves in its run: how the model was made and how good it is, as parameters, metrics and tags. @param at milliseconds since the epoch */
export function batchOf({ request, data, candidate, evaluation, comparison, loggedModelId }: Recorded, at: number): Batch {
  const params: Readonly<Record<string, unknown>> = {
    algorithm: candidate.algorithm,
    target: request.target,
    problem: request.problem,
    seed: request.training.seed,
    rows: candidate.rows,
    dataset: data.dataset,
    dataset_version: data.version,
    ...Object.fromEntries(Object.entries(request.training.options).map(([name, value]) => [`option.${name}`, value])),
  };
  const metric = (key: string, value: number) => ({ key, value, timestamp: at, step: 0, modelId: loggedModelId });
  return {
    params: Object.entries(params).map(([key, value]) => ({ key, value: text(value) })),
    metrics: [
      ...Object.entries(evaluation.metrics).map(([name, value]) => metric(`test_${name}`, value)),
      ...Object.entries(candidate.metrics).map(([name, value]) => metric(`cv_${name}`, value)),
    ],
    tags: [
      { key: "capstan.pipeline", value: request.pipeline },
      { key: "capstan.comparison", value: comparison.reason },
      { key: "capstan.digest", value: candidate.digest },
    ],
  };
}

/** The data as MLflow's dataset inputs. */
export function inputsOf({ data, request }: Recorded): DatasetInput[] {
  const input = (uri: string, context: string): DatasetInput => ({
    dataset: {
      name: data.dataset,
      digest: data.version.slice(0, 36),
      sourceType: "s3",
      source: JSON.stringify({ uri }),
      schema: JSON.stringify({ target: request.target }).slice(0, jsonLength),
    },
    tags: [{ key: "mlflow.data.context", value: context }],
  });
  return [input(data.trainUri ?? data.uri, "training")];
}
