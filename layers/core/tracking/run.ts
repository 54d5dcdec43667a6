import type { Int64 } from "#contracts/int64.ts";
import { doesNotExist, invalid } from "../errors.ts";
import type { Experiment } from "./experiment.ts";
import { ownLifecycle, type Stage, stageWithin } from "./lifecycle.ts";
import type { RecordState } from "./record.ts";
import { idParts } from "./record-id.ts";
import type { WriteResult } from "./record-store.ts";
import type { TrackingContext } from "./tracking.ts";

export const runStatuses = ["RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED"] as const;
export type RunStatus = (typeof runStatuses)[number];
/** MLflow keeps a run's name in this tag as well; setting either sets both. */
export const nameTag = "mlflow.runName";

/** One execution of training code, with its experiment's view of it. */
export interface Run {
  readonly runId: string;
  readonly experimentId: string;
  readonly name: string;
  readonly status: RunStatus;
  readonly startTime: Int64;
  readonly endTime?: Int64;
  readonly userId: string;
  readonly stage: Stage;
  readonly artifactUri: string;
  readonly state: RecordState;
}

export const artifactUriOf = ({ artifactLocation }: Experiment, runId: string) => `${artifactLocation}/${runId}/artifacts`;
export const nameOf = ({ tags, info }: RecordState) => tags.get(nameTag) ?? String(info.get("name") ?? "");
const integer = (value: string | Int64 | undefined): Int64 => (value === undefined || typeof value === "string" ? 0 : value);

/** What a kept status means. */
export const statusOf = (kept: unknown): RunStatus => runStatuses.find((status) => status === kept) ?? "RUNNING";

/** What a kept record means as a run. */
export function runOf(experiment: Experiment, runId: string, state: RecordState): Run {
  const own = ownLifecycle(state) ?? experiment;
  const end = state.info.get("end");
  return {
    runId,
    experimentId: experiment.experimentId,
    name: nameOf(state),
    status: statusOf(state.info.get("status")),
    startTime: integer(state.info.get("start")),
    ...(end !== undefined && typeof end !== "string" && { endTime: end }),
    userId: String(state.info.get("user") ?? ""),
    stage: stageWithin(own, experiment),
    artifactUri: artifactUriOf(experiment, runId),
    state,
  };
}

export const noRun = (runId: string) => doesNotExist(`Run with id=${runId} not found`);

/** The experiment of a run, by the run's id alone. @throws DomainError for an id of no experiment */
export async function experimentOfRun(ctx: TrackingContext, runId: string): Promise<Experiment> {
  const parts = idParts(runId);
  const experiment = parts && (await ctx.experiments.findRecent(parts.experimentId));
  if (!experiment) throw noRun(runId);
  return experiment;
}

/** @throws DomainError that says why a write to a run was refused */
export function checkWritten(runId: string, result: WriteResult, isBatch = false): void {
  switch (result.kind) {
    case "written":
      return;
    case "absent":
      throw noRun(runId);
    case "notActive":
      throw invalid(`The run ${runId} must be in the 'active' state. Current state is ${result.stage}.`);
    default: {
      const [first] = result.conflicts;
      if (isBatch || first === undefined) {
        const shown = result.conflicts.map(({ key, old, given }) => `{'key': '${key}', 'old_value': '${old}', 'new_value': '${given}'}`).join(", ");
        throw invalid(`Changing param values is not allowed. Params were already logged='[${shown}]' for run ID='${runId}'.`);
      }
      throw invalid(
        `Changing param values is not allowed. Param with key='${first.key}' was already logged with value='${first.old}' for run ID='${runId}'. Attempted logging new value '${first.given}'.`,
      );
    }
  }
}
