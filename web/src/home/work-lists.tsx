import Button from "@cloudscape-design/components/button";
import { address } from "../address.ts";
import { LastSeverity } from "../drift/last-severity.tsx";
import { useDates } from "../parts/dates.ts";
import { Moment } from "../parts/moment.tsx";
import { State } from "../parts/state.tsx";
import { markSeen } from "./last-visit.ts";
import type { WatchedExperiment, Work } from "./use-work.ts";
import { WorkList } from "./work-list.tsx";

const executionHref = (name: string) => address(["pipelines", "executions", name]);
const runsHref = ({ experiment }: WatchedExperiment, status: string) =>
  address(["experiments", experiment.experiment_id], { filter: `attributes.status = '${status}'` });

/** Model versions that wait for somebody's word. */
export function Waiting({ work: { waiting } }: { readonly work: Work }) {
  return (
    <WorkList
      title="Waits for you"
      query={waiting}
      empty="No model version waits for approval."
      all={{ href: "/pipelines?tab=approvals&decision=pending", text: "All that wait" }}
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
export function Running({ work: { running, runsUnderWay } }: { readonly work: Work }) {
  const executions = running.data?.executions.map(({ name, startedAt, pipeline }) => ({
    href: executionHref(name),
    text: name,
    state: (
      <>
        <State of="running" /> since <Moment at={startedAt} />
      </>
    ),
    more: pipeline,
  }));
  const runs = runsUnderWay.map((watched) => ({
    href: runsHref(watched, "RUNNING"),
    text: watched.experiment.name,
    state: <State of="running" />,
    more: `${watched.summary.running} ${watched.summary.running === 1 ? "run" : "runs"} of ${watched.summary.runs}`,
  }));
  return (
    <WorkList
      title="Running now"
      description="Pipelines, and runs of the ten newest experiments."
      query={running}
      empty="Nothing runs."
      all={{ href: "/pipelines?status=running", text: "All executions under way" }}
      items={executions && [...executions, ...runs]}
    />
  );
}

/** Executions and latest runs that failed since all was seen. */
export function Failed({ work: { failed, newFailures, failedRuns, seenUntil } }: { readonly work: Work }) {
  const dates = useDates();
  const executions = newFailures?.map(({ name, startedAt, endedAt, outcome, reason }) => ({
    href: executionHref(name),
    text: name,
    state: (
      <>
        <State of="failed" /> <Moment at={endedAt ?? startedAt} />
      </>
    ),
    more: outcome ?? reason,
  }));
  const runs = failedRuns.flatMap(({ experiment, summary: { latest } }) =>
    latest === null
      ? []
      : [
          {
            href: address(["runs", latest.runId]),
            text: latest.name || latest.runId,
            state: (
              <>
                <State of="failed" /> <Moment at={latest.endTime ?? latest.startTime} />
              </>
            ),
            more: `latest run of ${experiment.name}`,
          },
        ],
  );
  const items = executions && [...executions, ...runs];
  return (
    <WorkList
      title="Failed"
      description={seenUntil === null ? "This browser has not been here before: all that is known." : `Since ${dates.full(seenUntil)}.`}
      query={failed}
      empty="Nothing has failed."
      all={{ href: "/pipelines?status=failed", text: "All failed executions" }}
      items={items}
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
      query={monitors}
      empty="No alarm is raised."
      all={{ href: "/drift", text: "All monitors" }}
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
