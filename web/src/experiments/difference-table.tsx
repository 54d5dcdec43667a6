import Toggle from "@cloudscape-design/components/toggle";
import { useUrlState } from "../frame/url-state.ts";
import { DataTable } from "../parts/data-table.tsx";
import { type ValueColumn, valueColumns, valueIn } from "./run-columns.ts";
import type { Run } from "./wire.ts";

/** Every logged value as a row and every run as a column; by default only rows that differ. */
export function DifferenceTable({ runs }: { readonly runs: readonly Run[] }) {
  const [all, setAll] = useUrlState("all");
  const differs = (column: ValueColumn) => new Set(runs.map((run) => valueIn(run, column))).size > 1;
  const rows = valueColumns(runs).filter((column) => all === "1" || differs(column));
  return (
    <DataTable
      name="differences"
      title={all === "1" ? "Values" : "Differences"}
      items={rows}
      rowKey={(column) => column}
      empty="The runs do not differ."
      actions={
        <Toggle checked={all !== "1"} onChange={({ detail }) => setAll(detail.checked ? "" : "1")}>
          Only what differs
        </Toggle>
      }
      columns={[
        { id: "value", header: "Value", cell: (column) => column, sortBy: (column) => column, isName: true },
        ...runs.map((run) => ({
          id: run.info.run_id,
          header: run.info.run_name || run.info.run_id,
          cell: (column: ValueColumn) => <span className="name">{valueIn(run, column) ?? "-"}</span>,
        })),
      ]}
    />
  );
}
