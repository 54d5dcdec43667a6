import { address } from "../address.ts";
import { toNumber } from "../experiments/wire.ts";
import { DataTable } from "../parts/data-table.tsx";
import { ExactNumber } from "../parts/exact-number.tsx";
import { GoTo } from "../parts/go-to.tsx";
import type { LoggedModel } from "../runs/wire.ts";

/** How a model did: the latest value of each metric by the run and dataset that it was measured with. */
export function ModelMetrics({ metrics }: { readonly metrics: NonNullable<LoggedModel["data"]["metrics"]> }) {
  return (
    <DataTable
      name="metrics"
      title="Metrics"
      items={metrics}
      rowKey={({ key, run_id, dataset_name, dataset_digest }) => `${key} ${run_id} ${dataset_name} ${dataset_digest}`}
      empty="No metric names this model. Log one with mlflow.log_metric(..., model_id=...)."
      columns={[
        { id: "key", header: "Metric", cell: ({ key }) => <span className="name">{key}</span>, sortBy: ({ key }) => key, isName: true },
        { id: "value", header: "Latest", cell: ({ value }) => <ExactNumber value={value} />, sortBy: ({ value }) => toNumber(value) },
        { id: "step", header: "Step", cell: ({ step }) => String(step), sortBy: ({ step }) => Number(step) },
        {
          id: "dataset",
          header: "Dataset",
          cell: ({ dataset_name, dataset_digest }) => <span className="name">{dataset_name ? `${dataset_name} (${dataset_digest ?? "no digest"})` : "-"}</span>,
          sortBy: ({ dataset_name }) => dataset_name,
        },
        { id: "run", header: "Run", cell: ({ run_id }) => <GoTo href={address(["runs", run_id])}>{run_id}</GoTo>, sortBy: ({ run_id }) => run_id },
      ]}
    />
  );
}
