import { randomBytes } from "node:crypto";
import { executionEnded } from "#contracts/events/executions.ts";
import { eventOf } from "#contracts/events/platform-event.ts";
import type { TrainingRequest } from "#contracts/platform/training-request.ts";
import { artifactAddress } from "#core/artifacts/artifact-address.ts";
import { DomainError } from "#core/errors.ts";
import { getLoggedModel } from "#core/logged-models/logged-model.ts";
import { createLoggedModel, finalizeLoggedModel } from "#core/logged-models/logged-models.ts";
import type { AdmissionContext, Workplace } from "#core/pipelines/admit.ts";
import type { ApprovalsContext, AskingContext } from "#core/pipelines/approvals.ts";
import type { StartContext } from "#core/pipelines/executions.ts";
import type { FinishContext } from "#core/pipelines/finish.ts";
import type { RetryContext } from "#core/pipelines/retry.ts";
import type { LogsContext } from "#core/pipelines/step-logs.ts";
import type { StopContext } from "#core/pipelines/stop.ts";
import { executionTag } from "#core/registry/register-model.ts";
import { abortRollout } from "#core/serving/rollouts.ts";
import { createExperiment, getExperimentByName } from "#core/tracking/experiments.ts";
import { setTags } from "#core/tracking/log-batch.ts";
import { createRun, finishRun, getRun, updateRun } from "#core/tracking/runs.ts";
import { dynamoDb } from "#stores/clients.ts";
import { approvalDocuments, executionDocuments } from "#stores/dynamodb/pipelines/pipeline-documents.ts";
import { slotStore } from "#stores/dynamodb/pipelines/slots.ts";
import { loggedModelContext } from "#stores/dynamodb/registry/registry-context.ts";
import { formatS3Uri } from "#stores/s3/objects.ts";
import { endingContext } from "#stores/serving-context.ts";
import { cloudWatchLogs, eventBridge, sfn } from "./clients.ts";
import { logReader } from "./cloudwatch/log-reader.ts";
import { putEvent } from "./eventbridge/events.ts";
import { executionEngine, tokenAnswers } from "./stepfunctions/execution-engine.ts";
import { startExecution } from "./stepfunctions/start-execution.ts";

const modelTag = "capstan.loggedModel";
const modelNameOf = (registeredModel: string) => registeredModel.replaceAll(/[/:.%"']/g, "-");

type Logged = ReturnType<typeof loggedModelContext>;

/** Active, or made now; two executions may ask at once. */
async function experimentNamed(ctx: Logged, name: string): Promise<string> {
  try {
    return (await getExperimentByName(ctx, name)).experimentId;
  } catch (error) {
    if (!(error instanceof DomainError && error.code === "RESOURCE_DOES_NOT_EXIST")) throw error;
  }
  try {
    return (await createExperiment(ctx, { name })).experimentId;
  } catch (error) {
    if (!(error instanceof DomainError && error.code === "RESOURCE_ALREADY_EXISTS")) throw error;
    return (await getExperimentByName(ctx, name)).experimentId;
  }
}

async function openRun(ctx: Logged, execution: string, request: TrainingRequest) {
  const experimentId = await experimentNamed(ctx, request.experiment);
  const tags = new Map([
    [executionTag, execution],
    ["capstan.pipeline", request.pipeline],
    ["mlflow.source.name", `pipeline ${request.pipeline}`],
  ]);
  return createRun(ctx, { experimentId, userId: request.trigger.by, name: execution, startTime: ctx.now(), tags });
}

async function openWorkplace(ctx: Logged, bucket: string, execution: string, request: TrainingRequest, knownRunId: string | undefined): Promise<Workplace> {
  const run = knownRunId === undefined ? await openRun(ctx, execution, request) : await getRun(ctx, knownRunId);
  const made = run.state.tags.get(modelTag);
  const model =
    made === undefined
      ? await createLoggedModel(ctx, {
          experimentId: run.experimentId,
          name: modelNameOf(request.registeredModel),
          modelType: "onnx",
          sourceRunId: run.runId,
          params: new Map(),
          tags: new Map(),
        })
      : await getLoggedModel(ctx, made);
  if (made === undefined) await setTags(ctx, run.runId, new Map([[modelTag, model.modelId]]));
  return {
    runId: run.runId,
    loggedModelId: model.modelId,
    source: `models:/${model.modelId}`,
    outputPrefix: formatS3Uri(artifactAddress(bucket, model.artifactUri)),
  };
}

export const admissionContext = (platformTable: string, trackingTable: string, artifactsBucket: string): AdmissionContext => {
  const logged = loggedModelContext(dynamoDb(), trackingTable);
  return {
    executions: executionDocuments(dynamoDb(), platformTable),
    slots: slotStore(dynamoDb(), platformTable),
    openWorkplace: (execution, request, { runId }) => openWorkplace(logged, artifactsBucket, execution, request, runId),
    now: Date.now,
  };
};

export const startContext = (platformTable: string, machineArn: string): StartContext => ({
  executions: executionDocuments(dynamoDb(), platformTable),
  engine: { start: (name, input) => startExecution(sfn(), machineArn, name, input) },
  now: Date.now,
  newId: () => randomBytes(6).toString("hex"),
});

export const logsContext = (platformTable: string, machineArn: string): LogsContext => ({
  ...startContext(platformTable, machineArn),
  engine: executionEngine(sfn(), machineArn),
  logs: logReader(cloudWatchLogs()),
});

export const approvalsContext = (platformTable: string): ApprovalsContext => ({
  approvals: approvalDocuments(dynamoDb(), platformTable),
  tokens: tokenAnswers(sfn()),
  now: Date.now,
});

/** A logged model that is still pending will get no files any more. */
async function endRun(ctx: Logged, runId: string, status: "FINISHED" | "FAILED" | "KILLED", tags: ReadonlyMap<string, string>): Promise<void> {
  await setTags(ctx, runId, tags);
  const { status: present, state } = await getRun(ctx, runId);
  const modelId = state.tags.get(modelTag);
  if (modelId !== undefined && (await getLoggedModel(ctx, modelId)).status === "LOGGED_MODEL_PENDING")
    await finalizeLoggedModel(ctx, modelId, "LOGGED_MODEL_UPLOAD_FAILED");
  if (present === "RUNNING") await finishRun(ctx, runId, status);
}

/** A run that goes on keeps the end time that it had, as MLflow's resumed runs do. */
async function reopenRun(ctx: Logged, runId: string): Promise<void> {
  const { state } = await updateRun(ctx, runId, { status: "RUNNING" });
  const modelId = state.tags.get(modelTag);
  if (modelId !== undefined && (await getLoggedModel(ctx, modelId)).status === "LOGGED_MODEL_UPLOAD_FAILED")
    await finalizeLoggedModel(ctx, modelId, "LOGGED_MODEL_PENDING");
}

export const askingContext = (platformTable: string): AskingContext => ({
  ...approvalsContext(platformTable),
  executions: executionDocuments(dynamoDb(), platformTable),
  slots: slotStore(dynamoDb(), platformTable),
});

export const finishContext = (platformTable: string, trackingTable: string, bus: string): FinishContext => {
  const logged = loggedModelContext(dynamoDb(), trackingTable);
  return {
    executions: executionDocuments(dynamoDb(), platformTable),
    approvals: approvalDocuments(dynamoDb(), platformTable),
    slots: slotStore(dynamoDb(), platformTable),
    endRun: async (runId, status, tags) => {
      try {
        await endRun(logged, runId, status, tags);
      } catch (error) {
        // Somebody has deleted the run or the model meanwhile: what is gone needs no end.
        if (!(error instanceof DomainError)) throw error;
      }
    },
    announce: (execution) => putEvent(eventBridge(), bus, eventOf(executionEnded, { execution })),
    now: Date.now,
  };
};

/** A rollout that does not exist, or has ended, is not to be stopped. */
const isOver = (error: unknown) => error instanceof DomainError && (error.code === "RESOURCE_DOES_NOT_EXIST" || error.code === "RESOURCE_CONFLICT");

export const retryContext = (platformTable: string, trackingTable: string, bus: string, machineArn: string): RetryContext => ({
  ...finishContext(platformTable, trackingTable, bus),
  engine: executionEngine(sfn(), machineArn),
  reopenRun: (runId) => reopenRun(loggedModelContext(dynamoDb(), trackingTable), runId),
});

export const stopContext = (platformTable: string, trackingTable: string, bus: string, machineArn: string): StopContext => ({
  ...finishContext(platformTable, trackingTable, bus),
  engine: executionEngine(sfn(), machineArn),
  abandonRollout: async (endpointName, rolloutId, by, reason) => {
    try {
      await abortRollout(endingContext(platformTable, trackingTable), { endpointName, rolloutId }, { by, reason });
    } catch (error) {
      if (!isOver(error)) throw error;
    }
  },
});
