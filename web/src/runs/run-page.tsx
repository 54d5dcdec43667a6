import Alert from "@cloudscape-design/components/alert";
import { mlflow } from "../address.ts";
import { ArtifactPanel } from "../artifacts/artifact-panel.tsx";
import { runFiles } from "../artifacts/source.ts";
import { ValuesTable } from "../experiments/values-table.tsx";
import type { Run, RunReply } from "../experiments/wire.ts";
import { Page } from "../frame/page.tsx";
import { useSegments } from "../frame/segments.ts";
import { Loaded } from "../parts/loaded.tsx";
import { State } from "../parts/state.tsx";
import { TabSet } from "../parts/tab-set.tsx";
import { useRead } from "../queries.ts";
import { MetricsTable } from "./metrics-table.tsx";
import { RunActions } from "./run-actions.tsx";
import { RunCharts } from "./run-charts.tsx";
import { RunEnvironment } from "./run-environment.tsx";
import { RunOverview } from "./run-overview.tsx";
import { RunTags } from "./run-tags.tsx";

const isOfSystem = (key: string) => key.startsWith("system/");
const keys = ({ data }: Run) => (data.metrics ?? []).map(({ key }) => key);

/** One run while it logs: what it is, what went in, what came out. */
export function RunPage() {
  const [, id = ""] = useSegments();
  const query = useRead<RunReply>(mlflow("runs/get", { run_id: id }), { every: 2500 });
  const run = query.data?.run;
  return (
    <Page
      title={run?.info.run_name || id}
      description={
        run && (
          <span role="status">
            <State of={run.info.status} />
          </span>
        )
      }
      actions={run && <RunActions run={run} />}
    >
      {run?.info.lifecycle_stage === "deleted" && <Alert type="warning">This run is deleted. It can be restored.</Alert>}
      <Loaded query={query}>{(reply) => <Tabs run={reply.run} />}</Loaded>
    </Page>
  );
}

function Tabs({ run }: { readonly run: Run }) {
  const system = keys(run).filter(isOfSystem);
  const params = run.data.params ?? [];
  return (
    <TabSet
      label="Run"
      tabs={[
        { id: "overview", label: "Overview", content: <RunOverview run={run} /> },
        { id: "charts", label: "Charts", content: <RunCharts run={run} metricKeys={keys(run).filter((key) => !isOfSystem(key))} /> },
        { id: "metrics", label: "Metrics", content: <MetricsTable run={run} /> },
        { id: "system", label: "System", content: <RunCharts run={run} metricKeys={system} /> },
        { id: "params", label: "Params", content: <ValuesTable name="params" title="Params" values={params} /> },
        { id: "artifacts", label: "Artifacts", content: <ArtifactPanel source={runFiles(run.info.run_id)} isLive={run.info.status === "RUNNING"} /> },
        { id: "environment", label: "Environment", content: <RunEnvironment run={run} /> },
        { id: "tags", label: "Tags", content: <RunTags run={run} /> },
      ]}
    />
  );
}
