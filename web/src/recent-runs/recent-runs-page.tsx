import Button from "@cloudscape-design/components/button";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { keepPreviousData, useQueries } from "@tanstack/react-query";
import { useState } from "react";
import { address } from "../address.ts";
import { read } from "../client.ts";
import { plain } from "../experiments/wire.ts";
import { Page } from "../frame/page.tsx";
import { setQuery, useUrlState } from "../frame/url-state.ts";
import type { Column } from "../parts/column.ts";
import { DataTable } from "../parts/data-table.tsx";
import { useDates } from "../parts/dates.ts";
import { Empty } from "../parts/empty.tsx";
import { GoTo } from "../parts/go-to.tsx";
import { listPython } from "../parts/list-python.ts";
import { Moment } from "../parts/moment.tsx";
import { State } from "../parts/state.tsx";
import { session } from "../session.ts";
import { type RecentRun, type RunningReply, recentRuns, type Show } from "./wire.ts";

/** Runs of one question; the rest is read when it is asked for. */
const atOnce = 200;
const everyMs = 5000;
const titles: Readonly<Record<Show, string>> = { running: "Runs under way", failed: "Failed runs" };

const name: Column<RecentRun> = {
  id: "name",
  header: "Run",
  isName: true,
  sortBy: (run) => run.name,
  searchBy: (run) => `${run.name} ${run.runId}`,
  cell: (run) => (
    <GoTo href={address(["runs", run.runId])}>
      <span className="name">{run.name || run.runId}</span>
    </GoTo>
  ),
};
const experiment: Column<RecentRun> = {
  id: "experiment",
  header: "Experiment",
  sortBy: (run) => run.experimentName,
  cell: (run) => <GoTo href={address(["experiments", run.experimentId])}>{run.experimentName}</GoTo>,
};
const status: Column<RecentRun> = { id: "status", header: "Status", sortBy: (run) => run.status, cell: (run) => <State of={run.status} /> };
const began: Column<RecentRun> = {
  id: "began",
  header: "Began",
  sortBy: (run) => plain(run.startTime),
  isTime: true,
  cell: (run) => <Moment at={plain(run.startTime)} />,
};
const ended: Column<RecentRun> = {
  id: "ended",
  header: "Ended",
  sortBy: (run) => (run.endTime === null ? undefined : plain(run.endTime)),
  isTime: true,
  cell: (run) => <Moment at={run.endTime === null ? null : plain(run.endTime)} />,
};
const user: Column<RecentRun> = { id: "user", header: "By", sortBy: (run) => run.userId, cell: (run) => run.userId || "-" };
const runId: Column<RecentRun> = { id: "id", header: "Run id", sortBy: (run) => run.runId, cell: (run) => run.runId, isOptional: true };
const execution: Column<RecentRun> = {
  id: "execution",
  header: "Execution",
  sortBy: (run) => run.execution ?? undefined,
  cell: (run) => (run.execution === null ? "-" : <GoTo href={address(["pipelines", "executions", run.execution])}>{run.execution}</GoTo>),
};
const columns: Readonly<Record<Show, readonly Column<RecentRun>[]>> = {
  running: [name, experiment, status, began, user, execution, runId],
  failed: [name, experiment, status, ended, began, user, execution, runId],
};
const empty = {
  running: <Empty text="Nothing runs. Log a run and it shows here:" command={`export MLFLOW_TRACKING_URI=${window.location.origin}`} />,
  failed: <Empty text="No run has failed." />,
};

/** Runs of every experiment: those under way, or those that failed, all of them or since a time that the address names. */
export function RecentRunsPage() {
  const [shown] = useUrlState("show", "running");
  const [since] = useUrlState("since");
  const show: Show = shown === "failed" ? "failed" : "running";
  const sinceMs = /^\d+$/.test(since) ? Number(since) : undefined;
  const dates = useDates();
  const [asked, setAsked] = useState(1);
  const pages = useQueries({
    queries: Array.from({ length: asked }, (_, index) => {
      const path = recentRuns(show, { since: sinceMs, from: index * atOnce, limit: atOnce });
      return {
        queryKey: [path],
        queryFn: ({ signal }: { readonly signal: AbortSignal }) => read<RunningReply>(path, signal),
        refetchInterval: () => (session.isPaused() ? (false as const) : everyMs),
        placeholderData: keepPreviousData,
      };
    }),
  });
  const [first] = pages;
  const total = first?.data?.total ?? 0;
  const runs = [...new Map(pages.flatMap(({ data }) => data?.runs ?? []).map((run) => [run.runId, run])).values()];
  const change = (next: string) => {
    setAsked(1);
    setQuery({ show: next === "running" ? "" : next, since: "" });
  };
  return (
    <Page
      title={titles[show]}
      description={show === "failed" && sinceMs !== undefined ? `Of every experiment, since ${dates.full(sinceMs)}.` : "Of every experiment."}
    >
      <DataTable
        name="runs"
        title={titles[show]}
        items={first?.data && runs}
        {...(first && { query: first })}
        rowKey={(run) => run.runId}
        columns={columns[show]}
        empty={empty[show]}
        python={listPython(recentRuns(show, { since: sinceMs, limit: atOnce }), "runs")}
        description={total > runs.length && runs.length > 0 && `The newest ${runs.length} of ${total}.`}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            {total > asked * atOnce && <Button onClick={() => setAsked(asked + 1)}>Read {Math.min(atOnce, total - asked * atOnce)} more</Button>}
            <SegmentedControl
              label="Which runs"
              selectedId={show}
              onChange={({ detail }) => change(detail.selectedId)}
              options={[
                { id: "running", text: "Under way" },
                { id: "failed", text: "Failed" },
              ]}
            />
          </SpaceBetween>
        }
      />
    </Page>
  );
}
