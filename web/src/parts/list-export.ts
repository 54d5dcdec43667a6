import type { ListColumn, Plain } from "./arrange.ts";
import { csvLine } from "./csv.ts";

/** Columns that say something outside of the page. */
const written = <T>(columns: readonly ListColumn<T>[]) => columns.filter(({ sortBy, exportBy }) => sortBy ?? exportBy);

function fileCell<T>(item: T, { sortBy, exportBy = sortBy, isTime }: ListColumn<T>): string | number | null {
  const value: Plain = exportBy?.(item);
  if (value === undefined) return null;
  return isTime === true && typeof value === "number" ? new Date(value).toISOString() : value;
}

/** Rows as a file with the columns in view: CSV, or JSON with a member for each column. Times are in ISO 8601. */
export function listFile<T>(kind: "csv" | "json", items: readonly T[], columns: readonly ListColumn<T>[]): string {
  const said = written(columns);
  const rows = items.map((item) => said.map((column) => fileCell(item, column)));
  if (kind === "csv") return [said.map(({ header }) => header), ...rows].map(csvLine).join("");
  return `${JSON.stringify(
    rows.map((cells) => Object.fromEntries(said.map(({ header }, index) => [header, cells[index]]))),
    undefined,
    1,
  )}\n`;
}
