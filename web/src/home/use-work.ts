import type { monitorsContract } from "#contracts/platform/monitors.ts";
import type { pipelineContract } from "#contracts/platform/pipelines.ts";
import { mlflow } from "../address.ts";
import type { ReplyOf } from "../client.ts";
import { useSummaries } from "../experiment-list/use-summaries.ts";
import type { Experiment, ExperimentsReply, Summary } from "../experiment-list/wire.ts";
import { useRead } from "../queries.ts";
import { useSeenUntil } from "./last-visit.ts";

type Pipelines = typeof pipelineContract;
/** The most of each kind that is asked for: beyond, figures say "at least". */
export const mostAsked = 50;
/** Runs are looked for in the experiments made last: each costs a read of its runs. */
export const watchedExperiments = 10;

const executions = (status: string) => `/capstan/v1/executions?status=${status}&limit=${mostAsked}`;

export interface WatchedExperiment {
  readonly experiment: Experiment;
  readonly summary: Summary;
}

/** What is under way, failed or waits, of everything that the platform does. */
export function useWork() {
  const seenUntil = useSeenUntil();
  const running = useRead<ReplyOf<Pipelines, "listExecutions">>(executions("running"), { every: 2500 });
  const failed = useRead<ReplyOf<Pipelines, "listExecutions">>(executions("failed"));
  const waiting = useRead<ReplyOf<Pipelines, "listApprovals">>(`/capstan/v1/approvals?status=pending&limit=${mostAsked}`);
  const monitors = useRead<ReplyOf<typeof monitorsContract, "listMonitors">>("/capstan/v1/monitors");
  const experiments = useRead<ExperimentsReply>(mlflow("experiments/search", { max_results: watchedExperiments }));
  const newest = experiments.data?.experiments ?? [];
  const summaries = useSummaries(newest.map(({ experiment_id }) => experiment_id));
  const watched = newest.flatMap((experiment): WatchedExperiment[] => {
    const summary = summaries.get(experiment.experiment_id);
    return summary ? [{ experiment, summary }] : [];
  });
  /** An execution logs to a run of its own, which is not told of twice. */
  const ownRuns = new Set([running, failed].flatMap(({ data }) => data?.executions ?? []).map(({ runId }) => runId));
  const isNew = (at: number) => seenUntil === null || at > seenUntil;
  return {
    seenUntil,
    running,
    failed,
    waiting,
    monitors,
    runsUnderWay: watched.filter(({ summary }) => summary.running > 0),
    newFailures: failed.data?.executions.filter(({ endedAt, startedAt }) => isNew(endedAt ?? startedAt)),
    failedRuns: watched.filter(
      ({ summary: { latest } }) => latest?.status === "FAILED" && !ownRuns.has(latest.runId) && isNew(Number(latest.endTime ?? latest.startTime)),
    ),
    alarms: monitors.data?.monitors.filter(({ status }) => status.state === "alarm"),
  };
}
export type Work = ReturnType<typeof useWork>;
