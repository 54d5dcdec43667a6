import type { FunctionSpec, TableName } from "#contracts/function-spec.ts";
import { admitExecution } from "#functions/admit-execution/function.ts";
import { adoptModel } from "#functions/adopt-model/function.ts";
import { authorizer } from "#functions/authorizer/function.ts";
import { closeExecution } from "#functions/close-execution/function.ts";
import { compactCaptures } from "#functions/compact-captures/function.ts";
import { compactRuns } from "#functions/compact-runs/function.ts";
import { compareModels } from "#functions/compare-models/function.ts";
import { datasets } from "#functions/datasets/function.ts";
import { deployEndpoint } from "#functions/deploy-endpoint/function.ts";
import { detectDrift } from "#functions/detect-drift/function.ts";
import { endpoints } from "#functions/endpoints/function.ts";
import { evaluateModel } from "#functions/evaluate-model/function.ts";
import { feastMaterialize } from "#functions/feast-materialize/function.ts";
import { feastOnline } from "#functions/feast-online/function.ts";
import { features } from "#functions/features/function.ts";
import { findChampion } from "#functions/find-champion/function.ts";
import { finishExecution } from "#functions/finish-execution/function.ts";
import { inference } from "#functions/inference/function.ts";
import { ingestDataset } from "#functions/ingest-dataset/function.ts";
import { joinFeatures } from "#functions/join-features/function.ts";
import { mlflowArtifacts } from "#functions/mlflow-artifacts/function.ts";
import { mlflowExperiments } from "#functions/mlflow-experiments/function.ts";
import { mlflowLoggedModels } from "#functions/mlflow-logged-models/function.ts";
import { mlflowRegistry } from "#functions/mlflow-registry/function.ts";
import { mlflowRuns } from "#functions/mlflow-runs/function.ts";
import { monitors } from "#functions/monitors/function.ts";
import { pipelines } from "#functions/pipelines/function.ts";
import { prepareTrainingJob } from "#functions/prepare-training-job/function.ts";
import { previewFeatures } from "#functions/preview-features/function.ts";
import { promoteRollout } from "#functions/promote-rollout/function.ts";
import { recordTraining } from "#functions/record-training/function.ts";
import { registerModelVersion } from "#functions/register-model-version/function.ts";
import { removeExperiments } from "#functions/remove-experiments/function.ts";
import { requestApproval } from "#functions/request-approval/function.ts";
import { rollBackRollout } from "#functions/roll-back-rollout/function.ts";
import { settleApproval } from "#functions/settle-approval/function.ts";
import { startRetraining } from "#functions/start-retraining/function.ts";
import { startRollout } from "#functions/start-rollout/function.ts";
import { status } from "#functions/status/function.ts";
import { stepRollout } from "#functions/step-rollout/function.ts";
import { tokens } from "#functions/tokens/function.ts";
import { trainModel } from "#functions/train-model/function.ts";
import { trash } from "#functions/trash/function.ts";
import { validateDataset } from "#functions/validate-dataset/function.ts";
import { versionDataset } from "#functions/version-dataset/function.ts";
import { watchRollout } from "#functions/watch-rollout/function.ts";
import { writeCaptures } from "#functions/write-captures/function.ts";
import type { Machine } from "#statemachines/machine.ts";
import { rollout } from "#statemachines/rollout/machine.ts";
import { training } from "#statemachines/training/machine.ts";

/** Every function of the platform. Stacks and the laptop both read this list, so that neither can lack one. */
export const functions: readonly FunctionSpec[] = [
  admitExecution,
  adoptModel,
  authorizer,
  closeExecution,
  compactCaptures,
  compactRuns,
  compareModels,
  datasets,
  deployEndpoint,
  detectDrift,
  endpoints,
  evaluateModel,
  feastMaterialize,
  feastOnline,
  features,
  findChampion,
  finishExecution,
  inference,
  ingestDataset,
  joinFeatures,
  mlflowArtifacts,
  mlflowExperiments,
  mlflowLoggedModels,
  mlflowRegistry,
  mlflowRuns,
  monitors,
  pipelines,
  prepareTrainingJob,
  previewFeatures,
  promoteRollout,
  recordTraining,
  registerModelVersion,
  removeExperiments,
  requestApproval,
  rollBackRollout,
  settleApproval,
  startRetraining,
  startRollout,
  status,
  stepRollout,
  tokens,
  trainModel,
  trash,
  validateDataset,
  versionDataset,
  watchRollout,
  writeCaptures,
];

/** Every state machine. Stacks and the laptop both read this list. */
export const machines: readonly Machine[] = [rollout, training];

/** Every table: a string partition key `pk` and a string sort key `sk`, on demand, `expiresAt` (epoch seconds) as time to live where named. */
export const tables: Readonly<Record<TableName, { readonly timeToLive: boolean; readonly summary: string }>> = {
  tracking: { timeToLive: false, summary: "Experiments, runs, metrics, logged models, registered models and their versions." },
  features: { timeToLive: true, summary: "Feature definitions and the online store." },
  platform: { timeToLive: true, summary: "Datasets, executions and their steps, approvals, endpoints, rollouts, drift reports." },
  tokens: { timeToLive: true, summary: "SHA-256 of access tokens, and who they speak for." },
};
