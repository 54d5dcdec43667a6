import { address } from "../address.ts";
import { DataTable } from "../parts/data-table.tsx";
import { number } from "../parts/format.ts";
import { Moment } from "../parts/moment.tsx";
import { useRead } from "../queries.ts";
import type { RowsReply } from "./wire.ts";

type Row = RowsReply["rows"][number];
const limit = 200;
const mostColumns = 30;
const textOf = (cell: Row["cells"][string] | undefined) => (typeof cell === "number" ? number(cell) : cell === undefined || cell === null ? "-" : String(cell));

interface ReportRowsProps {
  readonly monitor: string;
  readonly id: string;
  /** Columns to show first: those of findings, the worst first. */
  readonly first: readonly string[];
}

/** What the endpoint was asked in the window, the newest first: the rows behind the findings. */
export function ReportRows({ monitor, id, first }: ReportRowsProps) {
  const query = useRead<RowsReply>(address(["capstan", "v1", "monitors", monitor, "reports", id, "rows"], { limit }), { every: false });
  const rows = query.data?.rows;
  const names = [...new Set((rows ?? []).flatMap(({ cells }) => Object.keys(cells)))];
  const ordered = [...first.filter((name) => names.includes(name)), ...names.filter((name) => !first.includes(name))];
  const shown = ordered.slice(0, mostColumns);
  const left = ordered.length > shown.length ? ` ${ordered.length - shown.length} further columns are left out.` : "";
  return (
    <DataTable
      name="rows"
      title="Rows behind it"
      query={query}
      items={rows}
      rowKey={({ eventId, position }) => `${eventId} ${position}`}
      description={
        query.data &&
        `${query.data.isComplete ? "All rows of the window" : `The newest ${rows?.length ?? 0} rows of the window`}, columns with findings first.${left}`
      }
      empty="No row of this window is kept any more."
      columns={[
        { id: "at", header: "Asked", cell: ({ inferenceTime }) => <Moment at={inferenceTime} />, sortBy: ({ inferenceTime }) => inferenceTime, isName: true },
        { id: "variant", header: "Variant", cell: ({ variant }) => variant, sortBy: ({ variant }) => variant },
        ...shown.map((name) => ({
          id: `cell ${name}`,
          header: name,
          cell: ({ cells }: Row) => (
            <span className="number" title={String(cells[name] ?? "none")}>
              {textOf(cells[name])}
            </span>
          ),
          sortBy: ({ cells }: Row) => {
            const cell = cells[name];
            return typeof cell === "number" || typeof cell === "string" ? cell : cell === null ? undefined : String(cell);
          },
        })),
      ]}
    />
  );
}
