import { mlflow } from "../client.ts";
import { Page } from "../frame/page.tsx";
import { useSegments } from "../frame/segments.ts";
import { Loaded } from "../parts/loaded.tsx";
import { State } from "../parts/state.tsx";
import { TabSet } from "../parts/tab-set.tsx";
import { useRead } from "../queries.ts";
import { RunArtifacts } from "./run-artifacts.tsx";
import { RunMetrics } from "./run-metrics.tsx";
import { RunOverview } from "./run-overview.tsx";
import { ValuesTable } from "./values-table.tsx";
import type { RunReply } from "./wire.ts";

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
              { id: "metrics", label: "Metrics", content: <RunMetrics run={run} /> },
              { id: "params", label: "Params", content: <ValuesTable name="params" title="Params" values={run.data.params ?? []} /> },
              { id: "artifacts", label: "Artifacts", content: <RunArtifacts runId={id} /> },
              { id: "tags", label: "Tags", content: <ValuesTable name="tags" title="Tags" values={run.data.tags ?? []} /> },
            ]}
          />
        )}
      </Loaded>
    </Page>
  );
}
