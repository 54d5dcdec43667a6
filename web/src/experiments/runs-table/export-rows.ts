import { read } from "../../client.ts";
import { csvLine } from "../../parts/csv.ts";
import { isAttribute, titleOf } from "./column-names.ts";
import { groupName } from "./run-cells.tsx";
import { partPath, readable } from "./table-address.ts";
import { type Cell, type TableCells, type TableReply, type TableRow, withReply } from "./table-cells.ts";

/** Rows of one read: with a hundred columns of usual texts far below what a reply holds. */
const perRead = 500;

/** All rows of a table, page by page, with all of its columns. */
async function* pagesOf(table: string, columns: readonly string[], signal: AbortSignal): AsyncGenerator<readonly TableRow[]> {
  const values = columns.filter((column) => !isAttribute(column));
  for (let from = 0; ; ) {
    let page: TableCells | undefined;
    let count = perRead;
    for (let at = 0; at === 0 || at < values.length; ) {
      const some = readable(values.slice(at));
      const reply = await read<TableReply>(partPath(table, { from, rows: count, columns: some }), signal);
      count = reply.rows.length;
      page = withReply(page, { of: table, from, columns: some }, reply);
      at += Math.max(1, some.length);
    }
    if (page === undefined || count === 0) return;
    yield Array.from({ length: count }, (_, index) => page?.rows.get(from + index)).filter((row) => row !== undefined);
    from += count;
    if (from >= page.total) return;
  }
}

type Plain = string | number | null;
const plain = (cell: Cell | undefined): Plain =>
  cell === undefined || cell === null ? null : typeof cell !== "object" ? cell : "different" in cell ? `${cell.different} different` : (cell.mean ?? "NaN");
const iso = (at: number | bigint | string) => new Date(Number(at)).toISOString();

const attributes: Readonly<Record<string, (row: TableRow) => Plain>> = {
  "attributes.status": ({ run }) => run?.status ?? null,
  "attributes.start_time": ({ run }) => (run ? iso(run.startTime) : null),
  "attributes.end_time": ({ run }) => (run?.endTime ? iso(run.endTime) : null),
  "attributes.duration": ({ run }) => (run?.endTime ? (Number(run.endTime) - Number(run.startTime)) / 1000 : null),
  "attributes.user_id": ({ run }) => run?.userId ?? null,
  "attributes.run_id": ({ run, id }) => (run ? id : null),
};

export interface Exported {
  readonly table: string;
  readonly columns: readonly string[];
  readonly group: readonly string[];
  readonly signal: AbortSignal;
  /** Rows so far. */
  readonly tell: (rows: number) => void;
}

const cellsOf = (row: TableRow, columns: readonly string[], group: readonly string[]): readonly Plain[] =>
  columns.map((column) =>
    column === "attributes.run_name"
      ? row.run
        ? row.run.name
        : groupName(row, group)
      : isAttribute(column)
        ? (attributes[column]?.(row) ?? null)
        : plain(row.values[column]),
  );

/** Every row of a view as a file: CSV, or JSON with a member for each column. Numbers in full, times in ISO 8601, durations in seconds. */
export async function exported(kind: "csv" | "json", { table, columns, group, signal, tell }: Exported): Promise<Blob> {
  const names = columns.map((column) => (isAttribute(column) ? titleOf(column) : column));
  const parts: string[] = [kind === "csv" ? csvLine(names) : "["];
  let rows = 0;
  for await (const page of pagesOf(table, columns, signal)) {
    const lines = page.map((row) => cellsOf(row, columns, group));
    const objects = lines.map(
      (cells, index) => `${rows + index === 0 ? "" : ","}\n${JSON.stringify(Object.fromEntries(names.map((name, at) => [name, cells[at]])))}`,
    );
    parts.push(kind === "csv" ? lines.map((cells) => csvLine(cells.map(numbered))).join("") : objects.join(""));
    rows += page.length;
    tell(rows);
  }
  if (kind === "json") parts.push("\n]\n");
  return new Blob(parts, { type: kind === "csv" ? "text/csv;charset=utf-8" : "application/json" });
}

/** What JSON spells is a number all the same: no formula begins with it. */
const spelledNumbers: Readonly<Record<string, number>> = { NaN: Number.NaN, Infinity: Number.POSITIVE_INFINITY, "-Infinity": Number.NEGATIVE_INFINITY };
const numbered = (value: Plain): Plain => (typeof value === "string" ? (spelledNumbers[value] ?? value) : value);
