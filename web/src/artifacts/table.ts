/** Rows that are all here. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null && !Array.isArray(value);
const isRows = (value: unknown): value is readonly (readonly unknown[])[] => Array.isArray(value) && value.length > 0 && value.every(Array.isArray);

/** The table that a JSON document is: pandas' "split" form, which `mlflow.log_table` writes, or a list of records. */
export function tableOf(value: unknown): Table | undefined {
  if (isObject(value) && Array.isArray(value["columns"]) && isRows(value["data"])) return { columns: value["columns"].map(String), rows: value["data"] };
  if (!Array.isArray(value) || value.length === 0 || !value.every(isObject)) return undefined;
  const columns = [...new Set(value.flatMap((record) => Object.keys(record)))];
  return { columns, rows: value.map((record) => columns.map((column) => record[column])) };
}

/** A cell as text; JSON where it is not plain. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") return String(value);
  return value instanceof Date ? value.toISOString() : JSON.stringify(value, (_key, item) => (typeof item === "bigint" ? String(item) : item));
}

/** Whether a column holds numbers alone, as far as its first rows tell. */
export const isNumeric = (rows: readonly (readonly unknown[])[], column: number): boolean => {
  const seen = rows.slice(0, 50).flatMap((row) => (row[column] === null || row[column] === undefined || row[column] === "" ? [] : [row[column]]));
  return (
    seen.length > 0 &&
    seen.every((value) => typeof value === "bigint" || (typeof value !== "object" && typeof value !== "boolean" && !Number.isNaN(Number(value))))
  );
};

/** The rows that hold a text, by a column where one is given; numbers by size. */
export function arrangeRows({ columns, rows }: Table, text: string, sort: { readonly column: number; readonly isDescending: boolean } | undefined) {
  const wanted = text.toLowerCase();
  const found = wanted === "" ? rows : rows.filter((row) => row.some((cell) => cellText(cell).toLowerCase().includes(wanted)));
  if (!sort || sort.column >= columns.length) return found;
  const byNumber = isNumeric(rows, sort.column);
  const sign = sort.isDescending ? -1 : 1;
  return found.toSorted((left, right) => {
    const [a, b] = [left[sort.column], right[sort.column]];
    return sign * (byNumber ? Number(a) - Number(b) : cellText(a).localeCompare(cellText(b), "en", { numeric: true }));
  });
}
