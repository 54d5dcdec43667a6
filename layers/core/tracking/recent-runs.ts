import type { Experiment } from "./experiment.ts";
import type { RunsContext } from "./open-runs.ts";
import { idParts } from "./record-id.ts";
import { type RunStatus, statusOf } from "./run.ts";
import { type ActivityNote, noteMs } from "./run-activity.ts";
import type { RunCell } from "./run-columns.ts";
import { type CellCondition, type RunQuery, runQuery } from "./run-query.ts";
import { cellsOf, type RunSelection, type SelectedRun, selectRuns } from "./select-runs.ts";

/** Experiments that one question looks into, those whose runs began last. */
export const mostLookedInto = 200;
/** Names are read of every run of an experiment: of fewer experiments. */
export const mostSearched = 50;
/** While processes may still trust a note, and clocks differ, nothing is concluded from finding no run. */
const settledMs = 3 * noteMs;
const executionTag = "capstan.execution";

export interface RecentRun {
  readonly runId: string;
  readonly name: string;
  readonly status: RunStatus;
  readonly startTime: number;
  readonly endTime: number | null;
  readonly userId: string;
  readonly experiment: Experiment;
  readonly execution: string | null;
}
export interface RecentRuns {
  readonly total: number;
  readonly runs: readonly RecentRun[];
}
export interface RunPage {
  readonly from: number;
  readonly limit: number;
}

const columns: readonly RunCell[] = [
  ...["run_id", "run_name", "status", "start_time", "end_time", "user_id"].map((key): RunCell => ({ entity: "attribute", key })),
  { entity: "tag", key: executionTag },
];

async function shown(selected: readonly SelectedRun[]): Promise<readonly RecentRun[]> {
  const cells = await cellsOf(selected, columns);
  return selected.flatMap(({ runs: { experiment } }, index) => {
    const [runId, name, status, start, end, user, execution] = cells[index] ?? [];
    return {
      runId: String(runId),
      name: String(name ?? ""),
      status: statusOf(status),
      startTime: Number(start ?? 0),
      endTime: end === undefined ? null : Number(end),
      userId: String(user ?? ""),
      experiment,
      execution: execution === undefined ? null : String(execution),
    };
  });
}

async function pageOf(selection: RunSelection, { from, limit }: RunPage): Promise<RecentRuns> {
  const [total, selected] = await Promise.all([selection.count(), selection.take(from + limit)]);
  return { total, runs: await shown(selected.slice(from)) };
}

/** The active experiments of notes, the one that `at` says comes last first. */
async function activeOf(ctx: RunsContext, notes: readonly ActivityNote[], at: (note: ActivityNote) => number, most: number): Promise<readonly string[]> {
  const latest = notes.toSorted((left, right) => at(right) - at(left)).slice(0, most);
  const found = await Promise.all(latest.map(({ experimentId }) => ctx.experiments.findRecent(experimentId)));
  return found.flatMap((experiment) => (experiment?.stage === "active" ? [experiment.experimentId] : []));
}

const began = ({ began: at = 0 }: ActivityNote) => at;
const failed = ({ failed: at = 0 }: ActivityNote) => at;

/** Experiments without a run under way are not looked into again until another run begins. */
async function restFrom(ctx: RunsContext, looked: readonly ActivityNote[], selection: RunSelection): Promise<void> {
  const busy = new Set((await selection.take(Number.MAX_SAFE_INTEGER)).map(({ runs: { experiment } }) => experiment.experimentId));
  const before = ctx.now() - settledMs;
  const idle = looked.filter((note) => !busy.has(note.experimentId) && began(note) < before);
  await Promise.all(idle.map((note) => ctx.activity.rest(note.experimentId, began(note))));
}

/** Runs under way, of any experiment, the one that began last first. */
export async function listRunningRuns(ctx: RunsContext, page: RunPage): Promise<RecentRuns> {
  const notes = (await ctx.activity.list()).filter((note) => note.began !== undefined && note.began !== note.rests);
  const ids = await activeOf(ctx, notes, began, mostLookedInto);
  const selection = await selectRuns(ctx, ids, runQuery({ viewType: "ACTIVE_ONLY", filter: "attributes.status = 'RUNNING'" }));
  const looked = new Set(ids);
  await restFrom(
    ctx,
    notes.filter(({ experimentId }) => looked.has(experimentId)),
    selection,
  );
  return pageOf(selection, page);
}

/** Runs that failed after a time, of any experiment, the last first. */
export async function listFailedRuns(ctx: RunsContext, since: number, page: RunPage): Promise<RecentRuns> {
  const notes = (await ctx.activity.list()).filter((note) => failed(note) > 0 && failed(note) + noteMs >= since);
  const ids = await activeOf(ctx, notes, failed, mostLookedInto);
  const later = since > 0 ? ` AND attributes.end_time > ${since}` : "";
  const query = runQuery({ viewType: "ACTIVE_ONLY", filter: `attributes.status = 'FAILED'${later}`, orderBy: ["attributes.end_time DESC"] });
  return pageOf(await selectRuns(ctx, ids, query), page);
}

/** A name is compared as it is written, without the wildcards that a filter has. */
function named(text: string): RunQuery {
  const [query, wanted] = [runQuery({ viewType: "ACTIVE_ONLY" }), text.toLowerCase()];
  const holds: CellCondition = { cell: { entity: "attribute", key: "run_name" }, test: (name) => String(name).toLowerCase().includes(wanted) };
  return { ...query, conditions: [...query.conditions, holds], identity: ["name holds", wanted] };
}

export interface FoundRuns {
  readonly runs: readonly RecentRun[];
  readonly experiments: number;
  readonly isWhole: boolean;
}

/** The run with this id, where there is one and both it and its experiment are active. */
async function withId(ctx: RunsContext, runId: string): Promise<FoundRuns | undefined> {
  const parts = idParts(runId);
  const experiment = parts && (await ctx.experiments.findRecent(parts.experimentId));
  if (experiment?.stage !== "active") return undefined;
  const query = runQuery({ viewType: "ACTIVE_ONLY", filter: `attributes.run_id = '${runId}'` });
  const { runs } = await pageOf(await selectRuns(ctx, [experiment.experimentId], query), { from: 0, limit: 1 });
  return runs.length > 0 ? { runs, experiments: 1, isWhole: true } : undefined;
}

/** Runs by a part of their name, of the experiments whose runs began last, or by their id, of any experiment. */
export async function findRuns(ctx: RunsContext, text: string, limit: number): Promise<FoundRuns> {
  const byId = await withId(ctx, text.trim().toLowerCase());
  if (byId) return byId;
  const notes = (await ctx.activity.list()).filter(({ began: at }) => at !== undefined);
  const ids = await activeOf(ctx, notes, began, mostSearched);
  const { runs } = await pageOf(await selectRuns(ctx, ids, named(text)), { from: 0, limit });
  return { runs, experiments: ids.length, isWhole: notes.length <= mostSearched };
}
