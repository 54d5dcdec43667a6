import Alert from "@cloudscape-design/components/alert";
import Skeleton from "@cloudscape-design/components/skeleton";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { Page } from "../frame/page.tsx";
import { Empty } from "../parts/empty.tsx";
import { ErrorCard } from "../parts/error-card.tsx";
import { TabSet } from "../parts/tab-set.tsx";
import { AddRuns } from "./add-runs.tsx";
import { BoxTab } from "./box/box-tab.tsx";
import { ChartsTab } from "./charts-tab.tsx";
import { DifferencesTab } from "./differences-tab.tsx";
import { InfluenceTab } from "./influence/influence-tab.tsx";
import { ParallelTab } from "./parallel-tab.tsx";
import { PicturesTab } from "./pictures/pictures-tab.tsx";
import { RunsTab } from "./runs-tab.tsx";
import { ScatterTab } from "./scatter-tab.tsx";
import { useCompared } from "./use-compared.ts";

/** Runs side by side: where they differ, what goes with what, and how their metrics ran. The address holds which runs and every choice. */
export function ComparePage() {
  const { query, runs, missing, ids, set } = useCompared();
  if (query.error && !query.data) return <ErrorCard error={query.error} retry={() => void query.refetch()} />;
  return (
    <Page
      title={`Comparison of ${runs.length} runs`}
      actions={<AddRuns experimentId={runs[0]?.experimentId} shown={ids} add={(more) => set([...ids, ...more])} />}
    >
      <SpaceBetween size="l">
        {missing.length > 0 && <Alert type="warning">Not found, and left out: {missing.join(", ")}</Alert>}
        {query.data === undefined && <Skeleton height="20rem" />}
        {query.data !== undefined && runs.length === 0 && (
          <Empty text="No run is chosen. Choose some in an experiment's table of runs and press Compare, or add them by their ids." />
        )}
        {runs.length > 0 && (
          <TabSet
            label="Comparison"
            tabs={[
              { id: "differences", label: "Differences", content: <DifferencesTab runs={runs} /> },
              { id: "parallel", label: "Parallel coordinates", content: <ParallelTab runs={runs} /> },
              { id: "scatter", label: "Scatter", content: <ScatterTab runs={runs} /> },
              { id: "influence", label: "What matters", content: <InfluenceTab runs={runs} /> },
              { id: "box", label: "Spread", content: <BoxTab runs={runs} /> },
              { id: "charts", label: "Charts", content: <ChartsTab runs={runs} /> },
              { id: "pictures", label: "Pictures", content: <PicturesTab runs={runs} /> },
              { id: "runs", label: `Runs (${runs.length})`, content: <RunsTab runs={runs} remove={(id) => set(ids.filter((one) => one !== id))} /> },
            ]}
          />
        )}
      </SpaceBetween>
    </Page>
  );
}
