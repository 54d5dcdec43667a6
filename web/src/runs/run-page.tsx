import { ArtifactPanel } from "../artifacts/artifact-panel.tsx";
import { runFiles } from "../artifacts/source.ts";
import { mlflow } from "../client.ts";
import { ValuesTable } from "../experiments/values-table.tsx";
import type { Run, RunReply } from "../experiments/wire.ts";
import { Page } from "../frame/page.tsx";
import { useSegments } from "../frame/segments.ts";
import { Loaded } from "../parts/loaded.tsx";
import { State } from "../parts/state.tsx";
import { TabSet } from "../parts/tab-set.tsx";
import { useRead } from "../queries.ts";
import { MetricsTable } from "./metrics-table.tsx";
import { RunCharts } from "./run-charts.tsx";
import { RunOverview } from "./run-overview.tsx";

const keys = ({ data }: Run, ofSystem: boolean) => (data.metrics ?? []).map(({ key }) => key).filter((key) => key.startsWith("system/") === ofSystem);

/** One run while it logs: what it is, what went in, what came out. */
export function RunPage() {
  const [, id = ""] = useSegments();
  const query = useRead<RunReply>(mlflow("runs/get", { run_id: id }), { every: 2500 });
  const info = query.data?.run.info;
  return (
    <Page title={info?.run_name || id} description={info && <State of={info.status} />}>
      <Loaded query={query}>
        {({ run }) => (
          <TabSet
            label="Run"
            tabs={[
              { id: "overview", label: "Overview", content: <RunOverview run={run} /> },
              { id: "charts", label: "Charts", content: <RunCharts run={run} metricKeys={keys(run, false)} /> },
              { id: "metrics", label: "Metrics", content: <MetricsTable run={run} /> },
              { id: "system", label: "System", content: <RunCharts run={run} metricKeys={keys(run, true)} /> },
              { id: "params", label: "Params", content: <ValuesTable name="params" title="Params" values={run.data.params ?? []} /> },
              { id: "artifacts", label: "Artifacts", content: <ArtifactPanel source={runFiles(id)} isLive={run.info.status === "RUNNING"} /> },
              { id: "tags", label: "Tags", content: <ValuesTable name="tags" title="Tags" values={run.data.tags ?? []} /> },
            ]}
          />
        )}
      </Loaded>
    </Page>
  );
}
