import type { monitorsContract } from "#contracts/platform/monitors.ts";
import type { pipelineContract } from "#contracts/platform/pipelines.ts";
import type { ReplyOf } from "../client.ts";
import { useRead } from "../queries.ts";
import { type FailedReply, type RunningReply, recentRuns } from "../recent-runs/wire.ts";
import { useSeenUntil } from "./last-visit.ts";

type Pipelines = typeof pipelineContract;
/** The most of each kind that is asked for: beyond, figures of executions say "at least"; runs are counted. */
export const mostAsked = 50;

const executions = (status: string) => `/capstan/v1/executions?status=${status}&limit=${mostAsked}`;

/** Runs of people: an execution's own run is not told of beside it. `total` counts those that were not read too. */
function withoutOwn(reply: RunningReply | undefined, told: readonly { readonly name: string }[]) {
  if (!reply) return undefined;
  const names = new Set<string | null>(told.map(({ name }) => name));
  const runs = reply.runs.filter(({ execution }) => !names.has(execution));
  return { runs, total: reply.total - (reply.runs.length - runs.length) };
}

/** What is under way, failed or waits, of everything that the platform does. */
export function useWork() {
  const seenUntil = useSeenUntil();
  const running = useRead<ReplyOf<Pipelines, "listExecutions">>(executions("running"), { every: 2500 });
  const failed = useRead<ReplyOf<Pipelines, "listExecutions">>(executions("failed"));
  const waiting = useRead<ReplyOf<Pipelines, "listApprovals">>(`/capstan/v1/approvals?status=pending&limit=${mostAsked}`);
  const monitors = useRead<ReplyOf<typeof monitorsContract, "listMonitors">>("/capstan/v1/monitors");
  const runningRuns = useRead<RunningReply>(recentRuns("running", { limit: mostAsked }));
  const failedRuns = useRead<FailedReply>(recentRuns("failed", { since: seenUntil ?? undefined, limit: mostAsked }), { every: 15_000 });
  const isNew = (at: number) => seenUntil === null || at > seenUntil;
  const newFailures = failed.data?.executions.filter(({ endedAt, startedAt }) => isNew(endedAt ?? startedAt));
  return {
    seenUntil,
    /** Every list has its rows, or the reason why it has none: nothing grows any more. */
    isSettled: [running, failed, waiting, monitors, runningRuns, failedRuns].every(({ data, error }) => data !== undefined || error !== null),
    running,
    failed,
    waiting,
    monitors,
    runningRuns,
    failedRuns,
    newFailures,
    /** All that were read are new, and there are more. */
    hasMoreFailures: failed.data?.nextPageToken !== undefined && newFailures?.length === mostAsked,
    runsUnderWay: withoutOwn(runningRuns.data, running.data?.executions ?? []),
    runsFailed: withoutOwn(failedRuns.data, newFailures ?? []),
    alarms: monitors.data?.monitors.filter(({ status }) => status.state === "alarm"),
  };
}
export type Work = ReturnType<typeof useWork>;
