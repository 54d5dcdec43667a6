import type { Recorded } from "#contracts/platform/pipeline-tasks.ts";
import type { TrainingRequest } from "#contracts/platform/training-request.ts";
import type { DatasetInput } from "../tracking/links.ts";
import type { Batch } from "../tracking/log-batch.ts";

const text = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
const jsonLength = 65_535;

/** The trainer's settings, as parameters. */
function settingsOf(training: TrainingRequest["training"]): Readonly<Record<string, unknown>> {
  const prefixed = (prefix: string, entries: object) => Object.fromEntries(Object.entries(entries).map(([name, value]) => [`${prefix}.${name}`, value]));
  return training.trainer === "script"
    ? { code: training.code, entry_point: training.entryPoint, ...prefixed("hp", training.hyperparameters) }
    : { seed: training.seed, ...prefixed("option", training.options) };
}

/** What a training step leaves in its run: how the model was made and how good it is, as parameters, metrics and tags. @param at milliseconds since the epoch */
export function batchOf({ request, data, candidate, evaluation, comparison, loggedModelId }: Recorded, at: number): Batch {
  const params: Readonly<Record<string, unknown>> = {
    algorithm: candidate.algorithm,
    target: request.target,
    problem: request.problem,
    rows: candidate.rows,
    dataset: data.dataset,
    dataset_version: data.version,
    ...settingsOf(request.training),
  };
  const metric = (key: string, value: number) => ({ key, value, timestamp: at, step: 0, modelId: loggedModelId });
  return {
    params: Object.entries(params).map(([key, value]) => ({ key, value: text(value) })),
    metrics: [
      ...Object.entries(evaluation.metrics).map(([name, value]) => metric(`test_${name}`, value)),
      ...Object.entries(candidate.metrics).map(([name, value]) => metric(request.training.trainer === "script" ? name : `cv_${name}`, value)),
    ],
    tags: [
      { key: "capstan.pipeline", value: request.pipeline },
      { key: "capstan.comparison", value: comparison.reason },
      { key: "capstan.digest", value: candidate.digest },
      ...(candidate.job
        ? [
            { key: "capstan.trainingJob", value: candidate.job.name },
            { key: "capstan.trainingLog", value: candidate.job.log },
          ]
        : []),
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
