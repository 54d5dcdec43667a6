import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { navigate } from "wouter/use-browser-location";
import { mlflow } from "../address.ts";
import { Page } from "../frame/page.tsx";
import { DataTable } from "../parts/data-table.tsx";
import { Empty } from "../parts/empty.tsx";
import { mlflowPython } from "../parts/list-python.ts";
import { useRead } from "../queries.ts";
import { columnsOf } from "./columns.tsx";
import { ExperimentDialog } from "./experiment-dialog.tsx";
import { useStageChange } from "./use-stage-change.ts";
import { useSummaries } from "./use-summaries.ts";
import { type Experiment, type ExperimentsReply, mostListed } from "./wire.ts";

function openTrash(event: CustomEvent): void {
  event.preventDefault();
  navigate("/experiments/trash");
}

/** Every active experiment, the latest first, with how its runs stand; the filter looks at names and tags. */
export function ExperimentsPage() {
  const query = useRead<ExperimentsReply>(mlflow("experiments/search", { max_results: mostListed }));
  const items = query.data && (query.data.experiments ?? []);
  const [shown, setShown] = useState<readonly string[]>([]);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [dialog, setDialog] = useState<{ readonly experiment?: Experiment }>();
  const summaries = useSummaries(shown);
  const stage = useStageChange();
  const selected = (items ?? []).filter(({ experiment_id }) => chosen.has(experiment_id));
  const remove = (experiments: readonly Experiment[]) => {
    stage.remove(experiments);
    setChosen(new Set());
  };
  return (
    <Page
      title="Experiments"
      description="Named groups of runs."
      actions={
        <Button href="/experiments/trash" iconName="remove" onFollow={openTrash}>
          Trash
        </Button>
      }
    >
      <DataTable
        name="experiments"
        title="Experiments"
        items={items}
        query={query}
        rowKey={({ experiment_id }) => experiment_id}
        description={query.data?.next_page_token && `The newest ${mostListed} are listed; the search of the top bar finds the others.`}
        selection={{ keys: chosen, choose: setChosen }}
        onShown={setShown}
        python={mlflowPython(`search_experiments(max_results=${mostListed})`)}
        empty={<Empty text="No experiment yet. Point MLflow here and log a run:" command={`export MLFLOW_TRACKING_URI=${window.location.origin}`} />}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button disabled={selected.length === 0 || stage.isPending} onClick={() => remove(selected)}>
              Move to trash
            </Button>
            <Button variant="primary" onClick={() => setDialog({})}>
              Create experiment
            </Button>
          </SpaceBetween>
        }
        columns={columnsOf(summaries, { edit: (experiment) => setDialog({ experiment }), remove: (experiment) => remove([experiment]) })}
      />
      {dialog && <ExperimentDialog experiment={dialog.experiment} close={() => setDialog(undefined)} />}
    </Page>
  );
}
