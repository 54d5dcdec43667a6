import { address } from "../client.ts";
import { Page } from "../frame/page.tsx";
import { DataTable } from "../parts/data-table.tsx";
import { Empty } from "../parts/empty.tsx";
import { ErrorCard } from "../parts/error-card.tsx";
import { GoTo } from "../parts/go-to.tsx";
import { Moment } from "../parts/moment.tsx";
import { useRead } from "../queries.ts";
import { type ExperimentsReply, plain } from "./wire.ts";

/** Every active experiment, the latest first; the filter looks at names and tags. */
export function ExperimentsPage() {
  const { data, error, refetch } = useRead<ExperimentsReply>("/api/2.0/mlflow/experiments/search?max_results=1000");
  if (error && !data) return <ErrorCard error={error} retry={() => void refetch()} />;
  return (
    <Page title="Experiments" description="Named groups of runs.">
      <DataTable
        name="experiments"
        title="Experiments"
        items={data && (data.experiments ?? [])}
        rowKey={({ experiment_id }) => experiment_id}
        empty={<Empty text="No experiment yet. Point MLflow here and log a run:" command={`export MLFLOW_TRACKING_URI=${window.location.origin}`} />}
        columns={[
          {
            id: "name",
            header: "Experiment",
            cell: ({ experiment_id, name }) => (
              <GoTo href={address(["experiments", experiment_id])}>
                <span className="name">{name}</span>
              </GoTo>
            ),
            sortBy: ({ name }) => name,
            isName: true,
          },
          { id: "id", header: "Id", cell: ({ experiment_id }) => experiment_id, sortBy: ({ experiment_id }) => experiment_id },
          {
            id: "tags",
            header: "Tags",
            cell: ({ tags }) => <span className="name">{tags?.map(({ key, value }) => `${key}: ${value}`).join(", ") || "-"}</span>,
            sortBy: ({ tags }) => tags?.map(({ key, value }) => `${key}: ${value}`).join(", "),
          },
          { id: "created", header: "Created", cell: (it) => <Moment at={plain(it.creation_time)} />, sortBy: (it) => plain(it.creation_time) },
          { id: "updated", header: "Changed", cell: (it) => <Moment at={plain(it.last_update_time)} />, sortBy: (it) => plain(it.last_update_time) },
        ]}
      />
    </Page>
  );
}
