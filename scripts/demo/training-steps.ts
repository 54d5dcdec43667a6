import type * as z from "zod";
import { modelVersionsContract } from "#contracts/mlflow/model-versions.ts";
import { registeredModelsContract } from "#contracts/mlflow/registered-models.ts";
import { runsContract } from "#contracts/mlflow/runs.ts";
import { type Execution, pipelineContract } from "#contracts/platform/pipelines.ts";
import type { TrainingRequest } from "#contracts/platform/training-request.ts";
import { type Client, until, verify } from "./client.ts";
import { looked } from "./data.ts";
import { names } from "./names.ts";

type Asked = z.input<typeof TrainingRequest>;

/** What the demo asks the pipeline for; the rest is the pipeline's defaults. */
export const trainingRequest = (columns: readonly string[], sourceUri: string, rest: Partial<Asked>): Asked => ({
  pipeline: names.pipeline,
  dataset: { name: names.dataset, sourceUri, split: { testShare: 0.25, key: "sample_id" } },
  features: { references: looked(columns).map((column) => `${names.view}:${column}`) },
  target: "target",
  problem: "classification",
  ignoredColumns: ["sample_id", "event_timestamp"],
  experiment: names.experiment,
  registeredModel: names.model,
  endpoint: names.endpoint,
  ...rest,
});

export async function start(api: Client, name: string, request: Asked): Promise<void> {
  const { execution } = await api.call(pipelineContract, "startExecution", { name, request });
  verify(execution.name === name && execution.status === "running", `execution ${name} runs`);
}

export const read = async (api: Client, name: string) => api.call(pipelineContract, "getExecution", { name });

/** Waits for the end of an execution. @throws Error with its outcome when it ended otherwise than expected */
export async function ended(api: Client, name: string, seconds: number, expected: readonly Execution["status"][]): Promise<Execution> {
  const execution = await until(`the end of execution ${name}`, seconds, async () => {
    const found = (await read(api, name)).execution;
    return found.status === "running" ? undefined : found;
  });
  verify(
    expected.includes(execution.status),
    `execution ${name} should have ended ${expected.join(" or ")}, it ended ${execution.status}: ${execution.outcome}`,
  );
  return execution;
}

/** Waits until a step of an execution has succeeded. */
export const passed = (api: Client, name: string, step: string, seconds: number) =>
  until(`step ${step} of ${name}`, seconds, async () => {
    const { execution, steps } = await read(api, name);
    if (execution.status === "failed" || execution.status === "rejected") throw new Error(`execution ${name} ended ${execution.status}: ${execution.outcome}`);
    return steps.find((it) => it.name === step && it.status === "succeeded");
  });

/** The metrics of a run as an MLflow client reads them. */
export async function metricsOf(api: Client, runId: string): Promise<ReadonlyMap<string, unknown>> {
  const { run } = await api.call(runsContract, "getRun", { run_id: runId });
  verify(run.data.tags?.some(({ key }) => key === "capstan.execution") === true, "the run names its execution");
  return new Map((run.data.metrics ?? []).map(({ key, value }) => [key, value]));
}

export const championVersion = async (api: Client): Promise<string> =>
  (await api.call(registeredModelsContract, "getVersionByAlias", { name: names.model, alias: "champion" })).model_version.version;

/** Waits for the execution to ask, and answers as its reviewer. */
export async function approveWhenAsked(api: Client, execution: string, seconds: number) {
  const asked = await until(`the approval request of ${execution}`, seconds, async () => {
    const { approvals } = await api.call(pipelineContract, "listApprovals", { status: "pending" });
    return approvals.find((approval) => approval.execution === execution);
  });
  const { approval } = await api.call(pipelineContract, "approve", { execution, reason: "better on the same test rows, reviewed in the demo" });
  verify(approval.status === "approved", "the approval was recorded");
  const { model_version } = await api.call(modelVersionsContract, "getModelVersion", { name: names.model, version: asked.modelVersion });
  verify(model_version.run_id === asked.evidence["runId"], "the version was made by the run that the request names");
  return asked;
}
