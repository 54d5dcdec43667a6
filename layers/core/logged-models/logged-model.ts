import type { Int64 } from "#contracts/int64.ts";
import { doesNotExist } from "#core/errors.ts";
import type { Experiment } from "#core/tracking/experiment.ts";
import { ownLifecycle, type Stage, stageWithin } from "#core/tracking/lifecycle.ts";
import { type PointLabels, readLabelled } from "#core/tracking/model-points.ts";
import type { Point } from "#core/tracking/points.ts";
import type { RecordState } from "#core/tracking/record.ts";
import { idParts } from "#core/tracking/record-id.ts";
import type { TrackingContext } from "#core/tracking/tracking.ts";
import { tagsOf } from "./registrations.ts";

const loggedModelStatuses = ["LOGGED_MODEL_PENDING", "LOGGED_MODEL_READY", "LOGGED_MODEL_UPLOAD_FAILED"] as const;
export type LoggedModelStatus = (typeof loggedModelStatuses)[number];

/** The latest point that one run logged on one dataset. */
export interface ModelMetric extends Point {
  readonly labels: PointLabels;
}

/** A model that code logged, with its experiment's view of it. Times are milliseconds since 1970. */
export interface LoggedModel {
  readonly modelId: string;
  readonly experimentId: string;
  readonly name: string;
  readonly status: LoggedModelStatus;
  readonly modelType?: string;
  readonly sourceRunId?: string;
  readonly createdAt: Int64;
  readonly updatedAt: Int64;
  readonly stage: Stage;
  readonly artifactUri: string;
  readonly params: ReadonlyMap<string, string>;
  readonly tags: ReadonlyMap<string, string>;
  readonly metrics: readonly ModelMetric[];
}

/** Ids of logged models by name, so that a search for one name reads no others. */
export interface ModelNames {
  /** Safe to repeat. */
  add(experimentId: string, name: string, modelId: string): Promise<void>;
  /** May name models that were never finished. */
  find(experimentId: string, name: string): Promise<readonly string[]>;
}
export interface LoggedModelContext extends TrackingContext {
  readonly modelNames: ModelNames;
}

export const noModel = (modelId: string) => doesNotExist(`Logged model with ID '${modelId}' not found.`);
const prefix = "m-";

/** Where the client uploads a logged model's files: a fixed pattern below the experiment's root. */
const modelArtifactUri = ({ artifactLocation }: Experiment, modelId: string) => `${artifactLocation}/models/${modelId}/artifacts`;

const integer = (value: string | Int64 | undefined): Int64 => (value === undefined || typeof value === "string" ? 0 : value);
function text(state: RecordState, key: string): string | undefined {
  const value = state.info.get(key);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** What a kept record means as a logged model. */
export function loggedModelOf(experiment: Experiment, modelId: string, state: RecordState): LoggedModel {
  const modelType = text(state, "type");
  const sourceRunId = text(state, "run");
  return {
    modelId,
    experimentId: experiment.experimentId,
    name: text(state, "name") ?? "",
    status: loggedModelStatuses.find((status) => status === state.info.get("status")) ?? "LOGGED_MODEL_PENDING",
    ...(modelType !== undefined && { modelType }),
    ...(sourceRunId !== undefined && { sourceRunId }),
    createdAt: integer(state.info.get("created")),
    updatedAt: integer(state.info.get("updated")),
    stage: stageWithin(ownLifecycle(state) ?? experiment, experiment),
    artifactUri: modelArtifactUri(experiment, modelId),
    params: state.params,
    tags: tagsOf(state),
    metrics: [...state.metrics.values()].map((kept) => {
      const { point, labels } = readLabelled(kept);
      return { ...point, labels };
    }),
  };
}

/** The experiment of a logged model, by the model's id alone. @throws DomainError for an id of no experiment */
export async function experimentOfModel(ctx: TrackingContext, modelId: string): Promise<Experiment> {
  const parts = modelId.startsWith(prefix) ? idParts(modelId.slice(prefix.length)) : undefined;
  const experiment = parts && (await ctx.experiments.findRecent(parts.experimentId));
  if (!experiment) throw noModel(modelId);
  return experiment;
}

/** @throws DomainError when there is none, or it is deleted and `allowDeleted` does not say otherwise */
export async function getLoggedModel(ctx: TrackingContext, modelId: string, allowDeleted = false): Promise<LoggedModel> {
  const [experiment, state] = await Promise.all([experimentOfModel(ctx, modelId), ctx.models.find(modelId)]);
  if (!state) throw noModel(modelId);
  const model = loggedModelOf(experiment, modelId, state);
  if (model.stage === "deleted" && !allowDeleted) throw noModel(modelId);
  return model;
}
