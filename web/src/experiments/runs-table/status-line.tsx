import type { ColumnsReply, TableCells } from "./table-cells.ts";

interface StatusLineProps {
  readonly cells: TableCells | undefined;
  readonly counts: ColumnsReply["counts"] | undefined;
  readonly shown: number;
  readonly selected: number;
  readonly tookMs: number | undefined;
  readonly isReading: boolean;
}

const count = (value: number) => value.toLocaleString("en");

/** How many rows and columns there are, how many are chosen, and how long the part in view took to read. */
export function StatusLine({ cells, counts, shown, selected, tookMs, isReading }: StatusLineProps) {
  const all = counts && counts.metrics + counts.params + counts.tags;
  const rows =
    cells &&
    (cells.total === cells.runs ? `${count(cells.runs)} ${cells.runs === 1 ? "run" : "runs"}` : `${count(cells.total)} rows of ${count(cells.runs)} runs`);
  return (
    <div className="status-line">
      <span role="status">
        {rows ?? "Reading"}
        {selected > 0 && `, ${count(selected)} chosen`}
      </span>
      <span>
        {all !== undefined && `${count(shown)} columns shown of ${count(all)} logged. `}
        {isReading ? "Reading" : tookMs === undefined ? "" : `What is in view was read in ${Math.round(tookMs)} ms.`}
      </span>
    </div>
  );
}
