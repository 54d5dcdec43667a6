import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { address, mlflow } from "../address.ts";
import { plain } from "../experiments/wire.ts";
import { Page } from "../frame/page.tsx";
import { DataTable } from "../parts/data-table.tsx";
import { Empty } from "../parts/empty.tsx";
import { mlflowPython } from "../parts/list-python.ts";
import { Moment } from "../parts/moment.tsx";
import { useRead } from "../queries.ts";
import { detailColumns, nameColumn } from "./columns.tsx";
import { RemoveExperiments } from "./remove-experiments.tsx";
import { useStageChange } from "./use-stage-change.ts";
import { type Experiment, type ExperimentsReply, mostListed, type RemovalsReply } from "./wire.ts";

/** Deleted experiments, which keep their runs and their names until they are restored, or removed for good. */
export function TrashPage() {
  const query = useRead<ExperimentsReply>(
    mlflow("experiments/search", { view_type: "DELETED_ONLY", max_results: mostListed, order_by: "last_update_time DESC" }),
  );
  const items = query.data && (query.data.experiments ?? []);
  const removals = useRead<RemovalsReply>(address(["capstan", "v1", "trash", "removals"])).data?.removals ?? [];
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const stage = useStageChange();
  const restore = (experiments: readonly Experiment[]) => {
    stage.restore(experiments);
    setChosen(new Set());
  };
  const selected = (items ?? []).filter(({ experiment_id }) => chosen.has(experiment_id));
  return (
    <Page title="Trash" description="Deleted experiments keep their runs, and their names stay taken until they are restored or deleted permanently.">
      <div role="status">{removals.length > 0 && `Deleted permanently, files and runs are being removed: ${removals.map(({ name }) => name).join(", ")}.`}</div>
      <DataTable
        name="trash"
        title="Deleted experiments"
        items={items}
        query={query}
        rowKey={({ experiment_id }) => experiment_id}
        selection={{ keys: chosen, choose: setChosen }}
        empty={<Empty text="The trash is empty." />}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <RemoveExperiments experiments={selected} removed={() => setChosen(new Set())} />
            <Button variant="primary" disabled={selected.length === 0 || stage.isPending} onClick={() => restore(selected)}>
              Restore
            </Button>
          </SpaceBetween>
        }
        python={mlflowPython(`search_experiments(view_type=2, max_results=${mostListed})`)}
        columns={[
          nameColumn,
          {
            id: "deleted",
            header: "Deleted",
            cell: (it) => <Moment at={plain(it.last_update_time)} />,
            sortBy: (it) => plain(it.last_update_time),
            isTime: true,
          },
          { id: "created", header: "Created", cell: (it) => <Moment at={plain(it.creation_time)} />, sortBy: (it) => plain(it.creation_time), isTime: true },
          ...detailColumns.filter(({ id }) => id !== "changed"),
          {
            id: "restore",
            header: "Restore",
            cell: (it) => (
              <Button variant="inline-link" ariaLabel={`Restore ${it.name}`} disabled={stage.isPending} onClick={() => restore([it])}>
                Restore
              </Button>
            ),
          },
        ]}
      />
    </Page>
  );
}
