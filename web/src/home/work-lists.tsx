import Button from "@cloudscape-design/components/button";
import { address } from "../address.ts";
import { LastSeverity } from "../drift/last-severity.tsx";
import { plain } from "../experiments/wire.ts";
import { useDates } from "../parts/dates.ts";
import { Moment } from "../parts/moment.tsx";
import { State } from "../parts/state.tsx";
import type { RecentRun } from "../recent-runs/wire.ts";
import { markSeen } from "./last-visit.ts";
import type { Work } from "./use-work.ts";
import { type WorkItem, WorkList } from "./work-list.tsx";

const executionHref = (name: string) => address(["pipelines", "executions", name]);
/** Who MLflow's client says it is where it does not know. */
const nobody = "unknown";
const runItem = ({ runId, name, status, startTime, endTime, experimentName, userId }: RecentRun): WorkItem => ({
  href: address(["runs", runId]),
  text: name || runId,
  state: (
    <>
      <State of={status} /> {status === "RUNNING" && "since "}
      <Moment at={plain(endTime ?? startTime)} />
    </>
  ),
  more: `run of ${experimentName}${userId === "" || userId === nobody ? "" : `, by ${userId}`}`,
});
/** Newest first: executions and runs are told of in one list. */
const inOrder = (items: readonly (readonly [at: number, item: WorkItem])[]) => items.toSorted(([left], [right]) => right - left).map(([, item]) => item);

/** Model versions that wait for somebody's word. */
export function Waiting({ work: { waiting } }: { readonly work: Work }) {
  return (
    <WorkList
      title="Waits for you"
      queries={[waiting]}
      empty="No model version waits for approval."
      all={[{ href: "/pipelines?tab=approvals&decision=pending", text: "All that wait" }]}
      items={waiting.data?.approvals.map(({ registeredModel, modelVersion, execution, requestedAt, expiresAt }) => ({
        href: address(["pipelines", "approvals", execution]),
        text: `${registeredModel} version ${modelVersion}`,
        state: (
          <>
            asked <Moment at={requestedAt} />, expires <Moment at={expiresAt} />
          </>
        ),
      }))}
    />
  );
}

/** Executions and runs under way. */
export function Running({ work: { running, runningRuns, runsUnderWay } }: { readonly work: Work }) {
  const executions = running.data?.executions.map(({ name, startedAt, pipeline }): readonly [number, WorkItem] => [
    startedAt,
    {
      href: executionHref(name),
      text: name,
      state: (
        <>
          <State of="running" /> since <Moment at={startedAt} />
        </>
      ),
      more: `execution of ${pipeline}`,
    },
  ]);
  const runs = runsUnderWay?.runs.map((run): readonly [number, WorkItem] => [plain(run.startTime), runItem(run)]);
  return (
    <WorkList
      title="Running now"
      queries={[running, runningRuns]}
      empty="Nothing runs."
      all={[
        { href: "/pipelines?status=running", text: "Executions under way" },
        { href: "/runs", text: "Runs under way" },
      ]}
      items={(executions ?? runs) && inOrder([...(executions ?? []), ...(runs ?? [])])}
      total={(executions?.length ?? 0) + (runsUnderWay?.total ?? 0)}
      isMore={running.data?.nextPageToken !== undefined}
    />
  );
}

/** Executions and runs that failed since all was seen. */
export function Failed({ work: { failed, failedRuns, newFailures, runsFailed, hasMoreFailures, seenUntil } }: { readonly work: Work }) {
  const dates = useDates();
  const executions = newFailures?.map(({ name, startedAt, endedAt, outcome, reason }): readonly [number, WorkItem] => [
    endedAt ?? startedAt,
    {
      href: executionHref(name),
      text: name,
      state: (
        <>
          <State of="failed" /> <Moment at={endedAt ?? startedAt} />
        </>
      ),
      more: outcome ?? reason,
    },
  ]);
  const runs = runsFailed?.runs.map((run): readonly [number, WorkItem] => [plain(run.endTime ?? run.startTime), runItem(run)]);
  const items = (executions ?? runs) && inOrder([...(executions ?? []), ...(runs ?? [])]);
  return (
    <WorkList
      title="Failed"
      description={seenUntil === null ? "This browser has not been here before: all that is known." : `Since ${dates.full(seenUntil)}.`}
      queries={[failed, failedRuns]}
      empty="Nothing has failed."
      all={[
        { href: "/pipelines?status=failed", text: "All failed executions" },
        { href: address(["runs"], { show: "failed", since: seenUntil ?? undefined }), text: "All failed runs" },
      ]}
      items={items}
      total={(executions?.length ?? 0) + (runsFailed?.total ?? 0)}
      isMore={hasMoreFailures}
      actions={
        <Button disabled={!items || items.length === 0} onClick={markSeen}>
          Mark as seen
        </Button>
      }
    />
  );
}

/** Monitors whose alarm is raised. The alarm outlives a quiet window: what the last one showed is told apart from it. */
export function Alarms({ work: { monitors, alarms } }: { readonly work: Work }) {
  return (
    <WorkList
      title="Drift alarms"
      queries={[monitors]}
      empty="No alarm is raised."
      all={[{ href: "/drift", text: "All monitors" }]}
      items={alarms?.map(({ name, endpoint, status }) => ({
        href: address(["drift", name]),
        text: name,
        state: (
          <>
            <State of="alarm" /> raised <Moment at={status.raisedAt} />
          </>
        ),
        more: (
          <>
            {endpoint}, last window: <LastSeverity status={status} />
          </>
        ),
      }))}
    />
  );
}
