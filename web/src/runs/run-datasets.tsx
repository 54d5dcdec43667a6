import type { Run } from "../experiments/wire.ts";
import { DataTable } from "../parts/data-table.tsx";

/** `num_rows: 150, num_elements: 600` of a profile in JSON; the text itself where it is none. */
function inShort(text: string | null | undefined): string {
  if (!text) return "-";
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return text;
    return Object.entries(value)
      .map(([key, item]) => `${key}: ${typeof item === "object" ? JSON.stringify(item) : String(item)}`)
      .join(", ");
  } catch {
    return text;
  }
}
const mostText = 300;

/** The data that a run read. */
export function RunDatasets({ run: { inputs } }: { readonly run: Run }) {
  return (
    <DataTable
      name="inputs"
      title="Datasets"
      filtering={false}
      items={inputs.dataset_inputs ?? []}
      rowKey={({ dataset }) => `${dataset.name} ${dataset.digest}`}
      empty="None was logged."
      columns={[
        { id: "name", header: "Dataset", cell: ({ dataset }) => <span className="name">{dataset.name}</span>, isName: true },
        { id: "context", header: "For", cell: ({ tags }) => tags?.find(({ key }) => key === "mlflow.data.context")?.value ?? "-" },
        { id: "digest", header: "Digest", cell: ({ dataset }) => dataset.digest },
        { id: "profile", header: "Profile", cell: ({ dataset }) => <span className="name">{inShort(dataset.profile).slice(0, mostText)}</span> },
        { id: "source", header: "Source", cell: ({ dataset }) => <span className="name">{inShort(dataset.source).slice(0, mostText)}</span> },
      ]}
    />
  );
}
