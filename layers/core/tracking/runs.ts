import type { Int64 } from "#contracts/int64.ts";
import { invalid } from "../errors.ts";
import { getActiveExperiment } from "./experiments.ts";
import type { Stage } from "./lifecycle.ts";
import { emptyRecord, type InfoValue } from "./record.ts";
import { recordId } from "./record-id.ts";
import { checkWritten, experimentOfRun, nameTag, noRun, type Run, type RunStatus, runOf } from "./run.ts";
import { runNameFrom } from "./run-names.ts";
import type { TrackingContext } from "./tracking.ts";

export interface NewRun {
  /** @default "0" */
  readonly experimentId?: string | undefined;
  readonly userId?: string | undefined;
  /** @default the tag `mlflow.runName`, else a generated one */
  readonly name?: string | undefined;
  readonly startTime?: Int64 | undefined;
  readonly tags?: ReadonlyMap<string, string>;
}

function nameFor({ name = "", tags }: NewRun, random: string): string {
  const tagged = tags?.get(nameTag) ?? "";
  if (name !== "" && tagged !== "" && name !== tagged)
    throw invalid(`run_name and the tag ${nameTag} must be equal when both are given, got '${name}' and '${tagged}'`);
  return name || tagged || runNameFrom(random);
}

/** Starts a run; a repeat starts another. @throws DomainError unless the experiment is there and active */
export async function createRun(ctx: TrackingContext, wanted: NewRun): Promise<Run> {
  const experiment = await getActiveExperiment(ctx, wanted.experimentId || "0");
  const random = ctx.newId();
  const shard = Number.parseInt(random.slice(0, 6), 16) % experiment.shards;
  const runId = recordId({ experimentId: experiment.experimentId, shard }, random);
  const tags = new Map([...(wanted.tags ?? []), [nameTag, nameFor(wanted, ctx.newId())]]);
  const info = new Map<string, InfoValue>([
    ["status", "RUNNING"],
    ["start", wanted.startTime ?? 0],
    ...(wanted.userId ? [["user", wanted.userId] as const] : []),
  ]);
  await Promise.all([
    ctx.activity.note(experiment.experimentId, "began", ctx.now()),
    ctx.runs.create(runId, { info, tags }, { stage: "active", epoch: experiment.epoch }),
  ]);
  return runOf(experiment, runId, { ...emptyRecord, info: new Map([...info, ["stage", "active"], ["epoch", experiment.epoch]]), tags });
}

/** Active or deleted. @throws DomainError RESOURCE_DOES_NOT_EXIST */
export async function getRun(ctx: TrackingContext, runId: string): Promise<Run> {
  const [experiment, state] = await Promise.all([experimentOfRun(ctx, runId), ctx.runs.find(runId)]);
  if (!state) throw noRun(runId);
  return runOf(experiment, runId, state);
}

export interface RunChange {
  readonly status?: RunStatus | undefined;
  /** Kept as given: a resumed run is set RUNNING with an end time. */
  readonly endTime?: Int64 | undefined;
  readonly name?: string | undefined;
}

const notedBy: Partial<Readonly<Record<RunStatus, "began" | "failed">>> = { RUNNING: "began", FAILED: "failed" };

/** Changes what is given and answers with the run after it. @throws DomainError unless the run is active */
export async function updateRun(ctx: TrackingContext, runId: string, { status, endTime, name }: RunChange): Promise<Run> {
  const experiment = await experimentOfRun(ctx, runId);
  const info = new Map<string, InfoValue>([
    ...(status === undefined ? [] : [["status", status] as const]),
    ...(endTime === undefined ? [] : [["end", endTime] as const]),
  ]);
  const noted = status === undefined ? undefined : notedBy[status];
  const [written] = await Promise.all([
    ctx.runs.change(runId, { info, ...(name && { tags: new Map([[nameTag, name]]) }) }, experiment),
    noted && ctx.activity.note(experiment.experimentId, noted, ctx.now()),
  ]);
  checkWritten(runId, written);
  return getRun(ctx, runId);
}

/** Ends a run, for callers in the platform itself. */
export const finishRun = (ctx: TrackingContext, runId: string, status: RunStatus = "FINISHED"): Promise<Run> =>
  updateRun(ctx, runId, { status, endTime: ctx.now() });

/** Marks one run deleted or active, whatever it was before. @throws DomainError RESOURCE_DOES_NOT_EXIST */
export async function setRunStage(ctx: TrackingContext, runId: string, stage: Stage): Promise<void> {
  const { experimentId } = await experimentOfRun(ctx, runId);
  const experiment = await ctx.experiments.find(experimentId);
  const info = new Map<string, InfoValue>([
    ["stage", stage],
    ["epoch", experiment?.epoch ?? 0],
  ]);
  checkWritten(runId, await ctx.runs.change(runId, { info }));
}
